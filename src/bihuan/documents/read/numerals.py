"""Chinese numerals in headings, enumerations and totals."""

CHINESE = "一二三四五六七八九十百零〇两"
"""The characters a Chinese numeral is made of, for character classes."""

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100}
_ORDINALS = "零一二三四五六七八九十"
ENCLOSED = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
"""Numbers that are one character with their circle, brackets or dot."""
_ENCLOSED_VALUES = {character: value for row in ENCLOSED for value, character in enumerate(row, start=1)}


def number(word: str) -> int:
    """This function will return the value of `word` in Arabic, circled or Chinese numerals below 1,000; 0 if it has none."""
    if word.isascii() and word.isdigit():
        return int(word)
    if word in _ENCLOSED_VALUES:
        return _ENCLOSED_VALUES[word]
    if len(word) > 1 and not any(scale in word for scale in _SCALES):
        return int("".join(str(_DIGITS.get(character, 0)) for character in word))
    return _scaled(word)


def numeral(value: int) -> str:
    """This function will spell `value` (1 to 99) as a heading does: 一, 十, 十二, 二十."""
    tens, ones = divmod(value, 10)
    if tens == 0:
        return _ORDINALS[ones]
    return ("" if tens == 1 else _ORDINALS[tens]) + "十" + (_ORDINALS[ones] if ones else "")


def _scaled(word: str) -> int:
    total = digit = 0
    for character in word:
        if character in _SCALES:
            total += (digit or 1) * _SCALES[character]
            digit = 0
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit
