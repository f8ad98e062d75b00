"""What each code is called, for pages that show a remark."""

from bihuan.scrutiny import evidence, weigh

TITLES: dict[str, str] = dict(sorted((rule.CODE, rule.TITLE) for rule in (*evidence.RULES, *weigh.RULES)))
"""Code → title (a msgid); a sign that shows both in words and in facts has one title."""
