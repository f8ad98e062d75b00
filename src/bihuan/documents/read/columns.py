"""The columns of a table of findings, by what their headings say."""

import re

from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.labels import LABELS

NUMBER = "number"
FINDING = "finding"
CATEGORY = "category"
# Asked in this order; the whole heading must match.
COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (NUMBER, re.compile(r"序号|编号|NO\.?|No\.?|序")),
    (CATEGORY, re.compile(r"(?:问题)?(?:方面|类别|分类|类型|领域)|所属方面|巡[察视]反馈(?:问题)?方面")),
    (
        FINDING,
        re.compile(
            r"(?:巡[察视])?(?:反馈|存在|发现|审计查出)?的?(?:意见)?(?:具体|主要|突出)?问题(?:描述|内容|表述|清单|表现|名称)?"
            r"|反馈意见|问题事项|整改事项|整改任务"
        ),
    ),
    *((role.value, re.compile(words)) for role, words in LABELS),
)
_HEADING_AT_MOST = 20
_CELLS = re.compile(r"[\t|　]+| {2,}")


def column(heading: str) -> str | None:
    """Tell what a column holds, or return None for a heading that is not known."""
    key = fold(re.sub(r"\s", "", heading))
    if not key or len(key) > _HEADING_AT_MOST:
        return None
    return next((name for name, pattern in COLUMNS if pattern.fullmatch(key)), None)


def heads_findings(headings: list[str]) -> bool:
    """Tell whether a row of cells heads a table of findings."""
    known = {name for heading in headings if (name := column(heading))}
    return FINDING in known and len(known) > 1


def is_header_line(text: str) -> bool:
    """Tell whether a line of text is such a heading row, its cells apart by tabs or wide blanks."""
    return len(text) < 200 and heads_findings(_CELLS.split(text.strip("|")))
