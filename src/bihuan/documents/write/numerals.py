"""Chinese numerals as headings and enumerations use them."""

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """This function will spell `number` (1 to 99) as 一, 十, 十二, 二十, 九十九; raises ValueError beyond that."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading counts to {number}")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
