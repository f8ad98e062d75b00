"""What the text itself claims in figures (反馈25个问题, 已完成20个 …), and whether it agrees with what was read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bihuan.documents.model import Completion, Declared, Document, Totals
from bihuan.documents.numerals import CHINESE, number
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.notes import Notes
from bihuan.words import N_, phrase

_N = rf"(\d{{1,5}}|[{CHINESE}]{{1,4}})\s*"
_C = "(?:个|项|件)"
_KIND = "(?:具体|突出|主要|整改|反馈|方面)?(?:的)?"
_FIXED = "(?:完成整改|整改完成|整改到位|完成|销号)"
_OF = r"(?:的)?(?:整改)?(?:具体)?(?:问题|任务|事项)?(?:有|共|为)?\s*"
# What is counted and how it is said; of one field's rows, the first that matches anywhere gives the figure.
_ROWS: tuple[tuple[str, str], ...] = (
    (
        "findings",
        rf"(?:反馈|指出|查出|发现|提出|移交|涉及|梳理|归纳|共|计)[^。;]{{0,30}}?{_N}(?:个|项|条|件){_KIND}问题",
    ),
    (
        "findings",
        rf"(?:反馈|指出|查出|发现)(?:的)?{_KIND}问题(?:共|共计|总计|合计|数)?\s*{_N}(?:个|项|条|件)",
    ),
    ("findings", rf"{_N}(?:个|项){_KIND}问题"),
    ("done", rf"(?<![未本性分]){_FIXED}{_OF}{_N}{_C}"),
    (
        "done",
        rf"{_N}{_C}{_KIND}(?:问题|任务|事项)?(?:目前|现)?(?:均|全部)?已(?:经)?(?:全部|均)?(?:{_FIXED}|整改)(?!\s*\d)",
    ),
    ("basic", rf"基本{_FIXED}{_OF}{_N}{_C}"),
    ("basic", rf"{_N}{_C}(?:问题|任务|事项)?(?:已)?基本{_FIXED}(?!\s*\d)"),
    (
        "in_progress",
        rf"(?:正在(?:加快)?(?:整改|推进|进行)|持续(?:整改|推进)|推进中|整改中)(?:中)?{_OF}{_N}{_C}",
    ),
    ("in_progress", rf"{_N}{_C}(?:问题|任务|事项)?(?:正在|持续)(?:整改|推进)(?!\s*\d)"),
    ("not_done", rf"(?:尚未|仍未|未)(?:{_FIXED}|整改|启动){_OF}{_N}{_C}"),
    ("not_done", rf"{_N}{_C}(?:问题|任务|事项)?(?:尚未|仍未|未)(?:{_FIXED}|整改|启动)(?!\s*\d)"),
    ("measures", rf"措施(?:共|共计)?\s*{_N}(?:条|项|个)"),
    ("measures", rf"{_N}(?:条|项|个)(?:具体)?(?:整改)?措施"),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _ROWS)
_ALL_DONE = re.compile(rf"问题[^。;]{{0,8}}?(?:已|均已)?全部(?:已)?{_FIXED}")
_DIFFERS = {
    "findings": N_("the text declares %(declared)s findings, but %(found)s were read"),
    "done": N_("the text declares %(declared)s findings done, but %(found)s were read as done"),
    "basic": N_("the text declares %(declared)s findings basically done, but %(found)s were read as such"),
    "in_progress": N_("the text declares %(declared)s findings in progress, but %(found)s were read as such"),
    "not_done": N_("the text declares %(declared)s findings not done, but %(found)s were read as such"),
    "measures": N_("the text declares %(declared)s measures, but %(found)s were read"),
}
_COUNTED = {
    "done": Completion.DONE,
    "basic": Completion.BASIC,
    "in_progress": Completion.IN_PROGRESS,
    "not_done": Completion.NOT_DONE,
}


def declared_totals(texts: Sequence[str]) -> Totals:
    """Find the figures the text gives about itself; what it does not say stays None."""
    key = "\n".join(fold(text) for text in texts)
    found: dict[str, int] = {}
    for name, pattern in _PATTERNS:
        if name not in found and (value := _first(pattern, key)) is not None:
            found[name] = value
    totals = Totals(**found)
    if totals.done is None and totals.findings and _ALL_DONE.search(key):
        return replace(totals, done=totals.findings)
    return totals


def reconcile(document: Document, notes: Notes) -> None:
    """Report every declared total that differs from what was read, and statuses that are missing."""
    if not document.findings:
        notes.problem("no_findings", 0, phrase("no finding was recognised in this text"))
        return
    for name, declared, found in differences(document):
        notes.problem(f"{name}_differ", 0, phrase(_DIFFERS[name], declared=declared, found=found))


def differences(document: Document) -> Iterator[tuple[str, int, int]]:
    """Yield each declared total that differs from the findings: its field in `Totals`, what is declared, what is counted."""
    read = _counted(document)
    # Some papers count what their findings consist of.
    aspects = read | {"findings": sum(max(1, len(finding.aspects)) for finding in document.findings)}
    for name in _DIFFERS:
        declared = getattr(document.totals, name)
        if declared is not None and name in read and declared not in (read[name], aspects[name]):
            yield name, declared, read[name]


def _counted(document: Document) -> dict[str, int]:
    """Count what was read; a figure without any counterpart in the findings (statuses only in totals) is left out."""
    completions = [finding.declared.completion for finding in document.findings]
    read = {"findings": len(completions)}
    if any(finding.declared != Declared() for finding in document.findings):
        read |= {name: completions.count(value) for name, value in _COUNTED.items()}
    measures = sum(len(finding.measures) for finding in document.findings)
    return read | ({"measures": measures} if measures else {})


def _first(pattern: re.Pattern[str], key: str) -> int | None:
    for match in pattern.finditer(key):
        value = number(match[1])
        if value > 1 or match[1].isdigit():
            return value
    return None
