"""The labels that stand before a finding's parts (整改状态：, 整改情况：, 下一步计划： …) and the pieces between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a piece of a finding's text is."""

    PLAIN = "plain"
    STATUS = "status"
    EITHER = "either"
    OUTCOME = "outcome"
    WORK = "work"
    PLAN = "plan"
    RESULT = "result"
    NEXT = "next"
    ASPECT = "aspect"
    OTHER = "other"


# A label that may hold a status or the work (完成情况) is EITHER, one that may hold a status or the result (整改结果)
# is OUTCOME: what follows it decides.
LABELS: tuple[tuple[Role, str], ...] = (
    (Role.STATUS, "整改状态|整改完成状态|完成状态|销号状态|整改结论|目前状态|状态"),
    (
        Role.EITHER,
        "完成情况|整改进度|整改完成情况|整改进展情况|整改进展|进展情况|整改落实情况|整改情况|整改落实进展情况|落实情况|销号情况",
    ),
    (Role.OUTCOME, "整改结果"),
    (
        Role.WORK,
        "整改措施及(?:成效|进展|落实情况|进展情况)|整改工作情况|整改举措|整改措施|整改工作|具体措施|具体举措|主要措施|主要做法|采取措施",
    ),
    (Role.PLAN, "(?:拟|计划)(?:采取|制定)?(?:的)?(?:整改)?(?:措施|举措)"),
    (Role.RESULT, "(?:整改|工作|取得|阶段性)(?:的)?(?:整改|阶段性)?(?:成效|成果)"),
    (
        Role.NEXT,
        "下一步(?:工作)?(?:整改)?(?:计划|打算|安排|措施|举措|工作)|下一步|下步(?:工作)?(?:计划|打算|安排|措施)|后续(?:整改|工作)?(?:计划|打算|措施|安排|工作)",
    ),
    (
        Role.ASPECT,
        "存在的?问题|具体问题|问题表现|具体表现|主要表现|问题描述|反馈问题|审计查出问题|查出问题|问题",
    ),
    (
        Role.OTHER,
        "责任领导|牵头领导|分管领导|责任部门|责任单位|牵头单位|牵头部门|配合单位|责任人|整改责任人|整改时限|完成时限|整改期限|完成时间|整改完成时间|整改完成时限|整改目标",
    ),
)
_GROUPS = "|".join(f"(?P<{role.name}>{words})" for role, words in LABELS)
_BOUNDARY = r"(?:^|(?<=[。;!?)”】\s]))"
_LABEL = re.compile(
    rf"{_BOUNDARY}(?:[【\[](?:{_GROUPS})[】\]]\s*:?|(?:{_GROUPS.replace('?P<', '?P<B_')})\s*:)\s*"
)
_NEXT_SENTENCE = re.compile(r"(?:^|(?<=。))(?:下一步|下步|下阶段),")
_QUICK = re.compile(r"[:】\]]|下一步,|下步,|下阶段,")


@dataclass(frozen=True)
class Piece:
    """A stretch of a line under one label: `start` is the label's place, `text` what follows it."""

    role: Role
    start: int
    text: str
    key: str
    half_width_colon: bool = False


def pieces(text: str, key: str) -> Iterator[Piece]:
    """Cut a line at its labels; what stands before the first label is PLAIN."""
    marks = sorted(_marks(key)) if _QUICK.search(key) else []
    first = marks[0][0] if marks else len(key)
    if text[:first].strip():
        yield Piece(Role.PLAIN, 0, text[:first].strip(), key[:first].strip())
    ends = [*(mark[0] for mark in marks[1:]), len(key)]
    for (start, body, role), end in zip(marks, ends, strict=False):
        half = ":" in text[start:body]
        yield Piece(role, start, text[body:end].strip(), key[body:end].strip(), half)


def first_label(key: str) -> int | None:
    """Return the place of the first label in the line, or None."""
    if not _QUICK.search(key):
        return None
    match = _LABEL.search(key)
    return match.start() if match else None


def _marks(key: str) -> Iterator[tuple[int, int, Role]]:
    for match in _LABEL.finditer(key):
        group = next(name for name, value in match.groupdict().items() if value is not None)
        yield match.start(), match.end(), Role[group.removeprefix("B_")]
    for match in _NEXT_SENTENCE.finditer(key):
        yield match.start(), match.end(), Role.NEXT
