"""Chinese numerals in headings, enumerations and totals: read with all that occurs, written in the one plain way."""

CHINESE = "一二三四五六七八九十百零〇两"
"""The characters a Chinese numeral is made of, for character classes."""

_DIGITS = "零一二三四五六七八九"
_VALUES = {character: value for value, character in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100}
ENCLOSED = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
"""Numbers that are one character with their circle, brackets or dot."""
_ENCLOSED_VALUES = {character: value for row in ENCLOSED for value, character in enumerate(row, start=1)}


def number(word: str) -> int:
    """Give the value of `word` in Arabic, enclosed or Chinese numerals below 1,000; 0 if it has none."""
    if word.isascii() and word.isdigit():
        return int(word)
    if word in _ENCLOSED_VALUES:
        return _ENCLOSED_VALUES[word]
    if len(word) > 1 and not any(scale in word for scale in _SCALES):
        return int("".join(str(_VALUES.get(character, 0)) for character in word))
    return _scaled(word)


def _scaled(word: str) -> int:
    total = digit = 0
    for character in word:
        if character in _SCALES:
            total += (digit or 1) * _SCALES[character]
            digit = 0
        else:
            digit = _VALUES.get(character, 0)
    return total + digit


def numeral(value: int) -> str:
    """Spell `value` as 一, 十, 十二, 九十九, 一百零一, 一百一十; what no heading counts to (beyond 999) stays in digits."""
    if not 1 <= value <= 999:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")
