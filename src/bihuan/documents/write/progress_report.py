"""The public progress report (整改进展情况说明): what was found, how it stands, what was done, what comes next.

The order is that of most published reports: opening, chapters without findings where the document has
them, categories with their findings, contact, signature and date. Nothing is said that the document
does not say; only an opening and a title that are missing are composed from its facts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bihuan.documents.model import (
    Category,
    Completion,
    Declared,
    Document,
    DocumentKind,
    Finding,
    PartialDate,
    Section,
    Totals,
)
from bihuan.documents.numerals import numeral
from bihuan.documents.write.content import Block, BlockKind, printable

STATUS_WORDS = {
    (Completion.DONE, False): "已完成",
    (Completion.DONE, True): "已完成并长期坚持",
    (Completion.BASIC, False): "基本完成",
    (Completion.BASIC, True): "基本完成并长期坚持",
    (Completion.STAGE, False): "阶段性完成",
    (Completion.STAGE, True): "阶段性完成并长期坚持",
    (Completion.IN_PROGRESS, False): "正在整改",
    (Completion.IN_PROGRESS, True): "正在整改并长期坚持",
    (Completion.NOT_DONE, False): "未完成",
    (Completion.NOT_DONE, True): "未完成并长期坚持",
    (Completion.UNKNOWN, True): "长期坚持",
}
"""The printed status where the organisation's own words are not known."""

_RUN_IN = re.compile(r"([（(][一二三四五六七八九十]+[）)][^。！？]{1,40}[。！？])(.+)", re.DOTALL)
_SUB_HEADING = re.compile(r"[（(][一二三四五六七八九十]+[）)][^。！？；：]{1,40}")
_SWAP_QUOTES = str.maketrans("“”‘’", "‘’“”")
_CLOSED = tuple("。！？；…”’）")
_INSPECTIONS = ("巡视", "督察", "审计")


def blocks(document: Document) -> tuple[Block, ...]:
    """Lay out the report as blocks, in printing order."""
    return tuple(
        Block(block.kind, printable(block.text), printable(block.lead))
        for block in _whole(_own_words(document))
        if printable(block.words)
    )


def title(document: Document) -> str:
    """Return the printed title: the document's own, or one composed of organisation and round."""
    return (
        document.title
        or f"{document.organisation}关于{document.round}{_inspection(document)}整改进展情况的说明"
    )


def opening(document: Document) -> tuple[str, ...]:
    """Return the opening paragraphs: the document's own, or one composed of its facts."""
    return document.opening or (_call(document) + counts(document.totals) + "现将整改进展情况公布如下。",)


def status(declared: Declared) -> str:
    """Return the status as printed: the raw words, else words for both axes, else nothing."""
    return declared.raw or STATUS_WORDS.get((declared.completion, declared.sustained), "")


def counts(totals: Totals) -> str:
    """Return the declared totals in words, as far as there are any."""
    whole = ((totals.findings, "反馈问题{}个"), (totals.measures, "制定整改措施{}条"))
    parts = (
        (totals.done, "已完成{}个"),
        (totals.basic, "基本完成{}个"),
        (totals.in_progress, "正在整改{}个"),
        (totals.not_done, "未完成{}个"),
    )
    return _told("共", whole, "，") + _told("目前", parts, "、")


def _own_words(document: Document) -> Document:
    """A feedback letter gives facts and findings; its title, chapters and signature are the team's, not ours to print."""
    if document.kind is not DocumentKind.FEEDBACK_LETTER:
        return document
    return replace(
        document,
        title="",
        opening=(),
        sections=(),
        totals=Totals(),
        signature=document.organisation,
        signed_on=None,
        contact="",
    )


def _whole(document: Document) -> Iterator[Block]:
    yield Block(BlockKind.TITLE, title(document))
    yield from (Block(BlockKind.BODY, paragraph) for paragraph in opening(document))
    yield from _chapters(document)
    yield from (Block(BlockKind.BODY, line) for line in document.contact.split("\n"))
    yield Block(BlockKind.SIGNATURE, document.signature)
    yield Block(BlockKind.DATE, _date(document.signed_on))


def _chapters(document: Document) -> Iterator[Block]:
    categories = document.categories
    announced: set[str | None] = {None, ""}
    for index, category in enumerate(categories):
        before = [section for section in document.sections if section.position == index]
        own = [section for section in before if _introduces(section, category)]
        for section in (each for each in before if each not in own):
            yield from _section(section)
            announced |= {section.part} if section.title else set()
        if category.ordinal is not None and category.part not in announced:
            yield Block(BlockKind.HEADING_1, f"{category.part}、{_inspection(document)}整改任务落实情况")
        announced.add(category.part)
        yield from _category_heading(category)
        yield from (_paragraph(text) for section in own for text in section.paragraphs)
        for finding in (each for each in document.findings if each.category == category):
            yield from _finding(finding)
    for section in (each for each in document.sections if each.position >= len(categories)):
        yield from _section(section)


def _introduces(section: Section, category: Category) -> bool:
    """A section that bears its category's name holds the paragraphs between the category's heading and its findings."""
    return bool(section.title) and (section.part, section.title) == (category.part, category.title)


def _section(section: Section) -> Iterator[Block]:
    if section.title:
        yield Block(BlockKind.HEADING_1, "、".join(filter(None, (section.part, section.title))))
    yield from (_paragraph(paragraph) for paragraph in section.paragraphs)


def _paragraph(text: str) -> Block:
    if run_in := _RUN_IN.fullmatch(text):
        return Block(BlockKind.RUN_IN, run_in[2], lead=run_in[1])
    return Block(BlockKind.HEADING_2 if _SUB_HEADING.fullmatch(text) else BlockKind.BODY, text)


def _category_heading(category: Category) -> Iterator[Block]:
    if category.ordinal is not None:
        yield Block(BlockKind.HEADING_2, f"（{numeral(category.ordinal)}）{category.title}")
    elif category.title:
        yield Block(BlockKind.HEADING_1, "、".join(filter(None, (category.part, category.title))))


def _finding(finding: Finding) -> Iterator[Block]:
    if finding.category.ordinal is None and finding.category.part:
        yield Block(BlockKind.HEADING_2, f"（{numeral(finding.ordinal)}）{_subject(finding)}")
    else:
        yield Block(BlockKind.HEADING_3, f"{finding.ordinal}.{_subject(finding)}")
    labelled = (
        ("具体表现：", _enumerated(finding.aspects)),
        ("整改状态：", status(finding.declared)),
        ("拟采取措施：" if finding.planned else "整改情况：", _enumerated(finding.measures)),
        ("整改成效：", _enumerated((finding.result,))),
        ("下一步计划：", _enumerated(finding.next_steps)),
    )
    yield from (Block(BlockKind.LABELLED, text, lead=label) for label, text in labelled if text)


def _subject(finding: Finding) -> str:
    words = finding.title.rstrip("。")
    # Quotation marks alternate (GB/T 15834): inside “ ” stand ‘ ’. A title read from a heading has them so already.
    outermost = next((character for character in words if character in "“‘"), "")
    return f"关于“{words.translate(_SWAP_QUOTES) if outermost == '“' else words}”的问题"


def _enumerated(sentences: Sequence[str]) -> str:
    closed = [_closed(text.strip()) for text in sentences if text.strip()]
    if len(closed) < 2:
        return "".join(closed)
    return "".join(f"{numeral(number)}是{text}" for number, text in enumerate(closed, start=1))


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith(_CLOSED) else sentence.rstrip("，,、：:") + "。"


def _date(on: PartialDate | None, *, after: PartialDate | None = None) -> str:
    """A date in words; `after` an earlier date of the same year, the year goes without saying."""
    if on is None:
        return ""
    year = None if after and on.month and after.year == on.year else on.year
    parts = ((year, "年"), (on.month, "月"), (on.day, "日"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def _inspection(document: Document) -> str:
    named = f"{document.team}{document.round}{document.title}"
    return next((word for word in _INSPECTIONS if word in named), "巡察")


def _call(document: Document) -> str:
    """Who came, when, to whom, and when the findings were handed over."""
    inspection = _inspection(document)
    team = document.team or f"{inspection}组"
    body = document.organisation or "我单位"
    sender = re.match(r".{1,6}?委(?!员)", document.team)
    plan = (
        f"{document.round}{inspection}工作"
        if document.round
        else sender[0]
        if sender
        else f"{inspection}工作"
    )
    end = _date(document.ended_on, after=document.started_on)
    period = "至".join(filter(None, (_date(document.started_on), end)))
    visit = "，".join(filter(None, (period, f"{team}对{body}开展了{inspection}。")))
    feedback = (
        f"{_date(document.feedback_on)}，{team}反馈了{inspection}意见。" if document.feedback_on else ""
    )
    return f"根据{plan}统一部署，{visit}{feedback}"


def _told(lead: str, figures: Iterable[tuple[int | None, str]], comma: str) -> str:
    told = [form.format(count) for count, form in figures if count is not None]
    return f"{lead}{comma.join(told)}。" if told else ""
