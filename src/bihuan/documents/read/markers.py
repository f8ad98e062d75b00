"""The ways a heading is numbered, as a table; brackets of any width are equal."""

import re
from dataclasses import dataclass

from bihuan.documents.numerals import CHINESE, ENCLOSED, number

_UNITS = "年月日号个项条次场宗件家支名人位户万亿元多余岁届轮时分秒天周点度级类批套台所处期份倍楼种成"


@dataclass(frozen=True)
class Form:
    """One way of numbering. Of two forms, the one with the lower `rank` stands higher in a document."""

    style: str
    rank: int
    pattern: re.Pattern[str]
    weak: bool = False
    """A weak form counts only as the next item of a list that is already open."""


FORMS: tuple[Form, ...] = (
    Form("division", 0, re.compile(rf"第([{CHINESE}]{{1,3}})(?:部分|章)[、:, ]?\s*")),
    Form("chapter", 1, re.compile(rf"([{CHINESE}]{{1,4}})\s*[、.]\s*(?!是)")),
    Form("bracket_chinese", 2, re.compile(rf"\(\s*([{CHINESE}]{{1,4}})\s*\)\s*[、.]?\s*")),
    Form("question", 6, re.compile(rf"问题\s*(\d{{1,3}}|[{CHINESE}]{{1,3}})\s*[:、.]\s*")),
    Form("bracket_chinese", 2, re.compile(r"([㈠-㈩])\s*")),
    Form("digit", 3, re.compile(r"(\d{1,3})\s*[.、](?!\d)\s*")),
    Form("digit", 3, re.compile(r"([⒈-⒛])\s*")),
    Form("bracket_digit", 4, re.compile(r"([⑴-⒇])\s*")),
    Form("bracket_digit", 4, re.compile(r"\(?\s*(\d{1,3})\s*\)\s*[、.]?\s*")),
    Form("circled", 5, re.compile(r"([①-⑳])\s*")),
    Form("digit", 3, re.compile(rf"(\d{{1,2}})\s*(?=[\u4e00-\u9fff“‘《])(?![{_UNITS}])"), weak=True),
)
RANKS = {form.style: form.rank for form in FORMS}


@dataclass(frozen=True)
class Marker:
    """A number found at the start of a line; `end` is where the heading's words begin."""

    form: Form
    ordinal: int
    end: int

    @property
    def style(self) -> str:
        return self.form.style


def marker(key: str) -> Marker | None:
    """Read the number at the start of a line's shadow, or return None."""
    if not key or key[0] not in _FIRST:
        return None
    for form in FORMS:
        match = form.pattern.match(key)
        if match and (ordinal := number(match[1])):
            return Marker(form, ordinal, match.end())
    return None


_FIRST = frozenset("".join((CHINESE, "第(问0123456789", *ENCLOSED)))
