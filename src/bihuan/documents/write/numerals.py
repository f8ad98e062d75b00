"""Chinese numerals as headings and enumerations use them."""

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """This function will spell `number` (1 to 999) as 一, 十, 十二, 九十九, 一百零一, 一百一十; raises ValueError beyond that."""
    if not 1 <= number <= 999:
        raise ValueError(f"no heading counts to {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")
