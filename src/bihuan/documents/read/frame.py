"""Separates the text from what stands around it: chrome and title before, signature, date, contact and chrome after."""

import re
from dataclasses import dataclass, field

from bihuan.documents.model import PartialDate
from bihuan.documents.read import chrome
from bihuan.documents.read.columns import is_header_line
from bihuan.documents.read.dates import arabic, dates
from bihuan.documents.read.lines import Line
from bihuan.documents.read.markers import marker
from bihuan.documents.read.notes import Notes
from bihuan.words import phrase

_TITLE_END = re.compile(
    r"(?:情况|进展|整改|结果|意见|问题|工作)?的?(?:通报|说明|公告|公示|报告|函|清单|反馈意见|反馈情况|意见反馈|情况|进展|进展情况|台账|方案|意见|反馈)"
    r"(?:\([^()]{1,20}\))?$"
)
_TITLE_TOPIC = re.compile(r"整改|巡[察视]|审计|督察|反馈")
_TITLE_START = re.compile(
    r"(?:中共|中国共产党|【|关于|[^。]{2,40}(?:委员会|党委|党组|党工委|局|院|办公室|办|政府|公司|大学|学院|支部|总支)\s*关于)"
)
_BODY = re.compile(r"(?:根据|按照|据|按|为|主任|各位|近期|近日|自|经|\d{4}年|一是|尊敬|同志们)")
_SENTENCE = re.compile(r"[。;!?]")
_ORGANISATION_END = re.compile(
    r"(?:委员会|党委|党组|党工委|工委|局|院|办公室|政府|公司|大学|学院|中心|支部|总支|巡[察视]组|审计组|组)$"
)
_CONTACT = re.compile(
    r"^(?:欢迎.{0,40}(?:监督|意见|建议)|如有.{0,20}(?:意见|建议)|(?:公示|公布|公开)期|(?:监督|联系|举报|咨询)(?:电话|方式|人|地址|邮箱)|邮政信箱|通[讯信]地址|联系地址|来信地址|电子邮[箱件]|邮箱|邮政?编码?|传真|地址|办公地址|电话)"
)
_CONTACT_INSIDE = re.compile(r"(?:监督|联系|举报)(?:电话|方式)\s*:|电子邮箱\s*:|邮政信箱\s*:")
_TITLE_LINES = 4
_TITLE_PIECE = 60
_SHORT = 40
_CHROME_AT_MOST = 30
_CHROME_LINES = 30


@dataclass
class Frame:
    """The text's middle and the parts of its frame, as printed."""

    title: str = ""
    middle: list[Line] = field(default_factory=list)
    signature: str = ""
    signed_on: PartialDate | None = None
    contact: str = ""


def frame(lines: list[Line], notes: Notes) -> Frame:
    """Cut the frame off the lines; every line cut is noted or becomes part of the frame."""
    kept = [line for line in lines if not _cut_between_pages(line, notes)]
    result = Frame()
    start = _body_start(kept)
    head, rest = kept[:start], kept[start:]
    result.middle = _cut_tail(rest, result, notes)
    _read_head(head, result, notes)
    opening_ends = _first_list(result.middle)
    result.middle = [
        line
        for index, line in enumerate(result.middle)
        if not _stands_between(line, result, notes, before_list=index < opening_ends)
    ]
    return result


def squash(text: str) -> str:
    """Return `text` without any white space."""
    return "".join(text.split())


def _stands_between(line: Line, result: Frame, notes: Notes, *, before_list: bool) -> bool:
    """A title printed again, or page chrome that slipped into the opening."""
    if before_list and chrome.is_around(line.key):
        _note_cut(line, notes)
        return True
    return squash(line.text) == result.title and _repeats_title(line, result, notes)


def _first_list(lines: list[Line]) -> int:
    return next((index for index, line in enumerate(lines) if _starts_list(line)), len(lines))


def _cut_between_pages(line: Line, notes: Notes) -> bool:
    if is_header_line(line.text):
        notes.repair(
            "chrome_cut", line.number, phrase("heading row of a table cut: %(text)s", text=line.text)
        )
        return True
    if not chrome.is_page_number(line.key):
        return False
    notes.repair("chrome_cut", line.number, phrase("page number cut: %(text)s", text=line.text))
    return True


def _note_cut(line: Line, notes: Notes) -> None:
    notes.repair("chrome_cut", line.number, phrase("cut, not part of the text: %(text)s", text=line.text))


# Before the text


def _body_start(lines: list[Line]) -> int:
    for index, line in enumerate(lines):
        if line.level == 0 or chrome.is_around(line.key):
            continue
        if _looks_like_title(line.key) and not _starts_list(line):
            continue
        if _starts_list(line) or _is_sentence(line.key):
            return index
    return len(lines)


def _starts_list(line: Line) -> bool:
    found = marker(line.key)
    return found is not None and not found.form.weak and found.ordinal == 1


def _is_sentence(key: str) -> bool:
    return (
        _SENTENCE.search(key) is not None
        or (len(key) > _CHROME_AT_MOST and "," in key)
        or key.endswith(":")
        or _BODY.match(key) is not None
    )


def _looks_like_title(key: str) -> bool:
    squashed = squash(key)
    return (
        not _SENTENCE.search(key)
        and _TITLE_END.search(squashed) is not None
        and _TITLE_TOPIC.search(squashed) is not None
    )


def _read_head(head: list[Line], result: Frame, notes: Notes) -> None:
    rest = []
    for line in head:
        if line.level != 0 and chrome.is_around(line.key):
            _note_cut(line, notes)
        else:
            rest.append(line)
    span = _title_span(rest)
    if span is None:
        notes.problem("title_missing", 0, phrase("the text has no title"))
    else:
        result.title = squash("".join(line.text for line in rest[span.start : span.stop]))
        if len(span) > 1:
            notes.repair(
                "title_joined", rest[span.start].number, phrase("a title of several lines was joined")
            )
    for index, line in enumerate(rest):
        if span is None or index not in span:
            _place_leftover(line, result, notes)


def _title_span(lines: list[Line]) -> range | None:
    for index, line in enumerate(lines):
        if line.level == 0:
            titled = [each.level == 0 for each in lines[index : index + _TITLE_LINES]]
            return range(index, index + (titled.index(False) if False in titled else len(titled)))
    for index, line in enumerate(lines):
        if _looks_like_title(
            "".join(each.key for each in lines[max(0, index - _TITLE_LINES + 1) : index + 1])
        ) and _TITLE_END.search(squash(line.key)):
            return _with_lines_before(lines, index)
    return None


def _with_lines_before(lines: list[Line], last: int) -> range:
    first = last
    while first > 0 and last - first < _TITLE_LINES - 1 and _belongs_before(lines, first, last):
        first -= 1
    return range(first, last + 1)


def _belongs_before(lines: list[Line], first: int, last: int) -> bool:
    joined = squash("".join(line.key for line in lines[first : last + 1]))
    above = squash(lines[first - 1].key)
    if len(above) > _TITLE_PIECE or re.search(r"[。:;,>]", above):
        return False
    if joined.startswith("关于"):
        return _ORGANISATION_END.search(above) is not None
    return _TITLE_START.match(joined) is None and (
        _TITLE_START.match(above) is not None or above.startswith("中共") or "关于" in above
    )


def _place_leftover(line: Line, result: Frame, notes: Notes) -> None:
    if _repeats_title(line, result, notes):
        return
    if len(line.key) <= _CHROME_AT_MOST or (result.title and squash(line.text).startswith(result.title)):
        _note_cut(line, notes)
    else:
        notes.problem(
            "line_unplaced", line.number, phrase("not understood, and left out: %(text)s", text=line.text)
        )


def _repeats_title(line: Line, result: Frame, notes: Notes) -> bool:
    squashed = squash(line.text)
    if (
        not result.title
        or len(squashed) < _TITLE_LINES
        or squashed not in result.title
        or len(squashed) * 3 < len(result.title)
    ):
        return False
    notes.repair("title_repeated", line.number, phrase("the title is repeated here"))
    return True


# After the text


def _cut_tail(lines: list[Line], result: Frame, notes: Notes) -> list[Line]:
    rest = _cut_after_date(lines, notes)
    contact: list[str] = []
    while rest:
        line = rest[-1]
        if _is_contact(line.key):
            contact.append(line.text)
        elif not _take_ending(line, rest, result, contact, notes):
            break
        rest.pop()
    result.contact = "\n".join(reversed(contact))
    return rest


def _cut_after_date(lines: list[Line], notes: Notes) -> list[Line]:
    """After signature and date stands nothing but chrome, known or not: short lines that are no sentences."""
    start = max(0, len(lines) - _CHROME_LINES)
    dated = [index for index in range(start, len(lines)) if _signed_on(lines[index].key)]
    after = lines[dated[-1] + 1 :] if dated else []
    if not after or any(
        _SENTENCE.search(line.key) or _starts_list(line) or _is_contact(line.key) for line in after
    ):
        return list(lines)
    if any(len(line.key) > _CHROME_AT_MOST and not chrome.is_around(line.key) for line in after):
        return list(lines)
    for line in [each for each in after if not _is_name(each)]:
        _note_cut(line, notes)
    return [*lines[: dated[-1] + 1], *(line for line in after if _is_name(line))]


def _is_name(line: Line) -> bool:
    return _ORGANISATION_END.search(line.key) is not None and ":" not in line.key


def _take_ending(line: Line, rest: list[Line], result: Frame, contact: list[str], notes: Notes) -> bool:
    if result.signed_on is None and not result.signature and _signed_on(line.key):
        result.signed_on = _signed_on(line.key)
        return True
    if _is_signature(line, rest, result):
        result.signature = squash(line.text)
        return True
    if not contact and chrome.is_around(line.key) and marker(line.key) is None:
        _note_cut(line, notes)
        return True
    return False


def _signed_on(key: str) -> PartialDate | None:
    text = arabic(squash(key).strip("()"))
    found = list(dates(text))
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(text)
    return found[0].on() if whole and found[0].month else None


def _is_signature(line: Line, rest: list[Line], result: Frame) -> bool:
    if (
        result.signature
        or len(line.key) > _SHORT
        or _SENTENCE.search(line.key)
        or marker(line.key)
        or line.level
    ):
        return False
    dated = result.signed_on is not None
    return (
        len(rest) > 1
        and _ORGANISATION_END.search(line.key) is not None
        and ":" not in line.key
        and (dated or line.key.startswith("中共"))
    )


def _is_contact(key: str) -> bool:
    if marker(key) is not None:
        return False
    return _CONTACT.match(key) is not None or (
        len(key) < _CHROME_AT_MOST * 4 and _CONTACT_INSIDE.search(key) is not None
    )
