"""Quotation marks: “ ” outside, ‘ ’ inside; a stretch inside a quotation belongs to no enumeration."""

_CLOSING = {"“": "”", "‘": "’"}


def end_of_quotation(key: str, start: int) -> int | None:
    """Return the place after the quotation that opens at `start`, or None if it never closes."""
    opening, closing = key[start], _CLOSING[key[start]]
    depth = 0
    for place in range(start, len(key)):
        if key[place] == opening:
            depth += 1
        elif key[place] == closing:
            depth -= 1
            if depth == 0:
                return place + 1
    return None


def depths(key: str) -> list[int]:
    """Return, for every place in `key`, how many quotations stand open before it.

    A closing mark without an opening one counts for nothing, and what is still open at the end of the text
    never closed: from its opening mark on, the text counts as unquoted.
    """
    result: list[int] = []
    opened: list[int] = []
    for place, character in enumerate(key):
        result.append(len(opened))
        if character in _CLOSING:
            opened.append(place)
        elif opened and character == _CLOSING[key[opened[-1]]]:
            opened.pop()
        elif opened and character == "”":
            while opened and key[opened.pop()] != "“":
                pass
    if opened:
        result[opened[0] :] = [0] * (len(key) - opened[0])
    return result


def is_quotation(key: str) -> bool:
    """Tell whether `key` is one quotation from its first to its last character."""
    return key[:1] in _CLOSING and end_of_quotation(key, 0) == len(key)


def balanced(key: str) -> bool:
    """Tell whether every “ in `key` is closed."""
    return key.count("“") <= key.count("”")
