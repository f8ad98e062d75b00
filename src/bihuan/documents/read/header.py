"""The facts of title and opening: organisation, round, team, dates of the visit and of the feedback."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.documents.model import DocumentKind, PartialDate
from bihuan.documents.numerals import CHINESE
from bihuan.documents.read import dates
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.notes import Notes
from bihuan.words import phrase

_N = f"[{CHINESE}\\d]{{1,3}}"
_ROUNDS = (
    re.compile(rf"第?{_N}届[\u4e00-\u9fff]{{1,6}}?第{_N}轮"),
    re.compile(rf"(?:中央|[省市区县州旗镇]委|党[委组])?(?:\d{{4}}年)?(?:度)?第{_N}轮"),
)
_TEAM = re.compile(
    rf"(?:中央|[\u4e00-\u9fff]{{0,10}}?(?:[省市区县州旗盟镇]委|党工委|党委|党组))(?:巡[察视]工作领导小组)?"
    rf"(?:第?{_N}轮)?(?:常规|专项|机动|提级|交叉|联动)?(?:第?{_N})?(?:巡察|巡视|督察|督导|审计|巡回指导)组"
    rf"|[\u4e00-\u9fff]{{0,6}}?第{_N}(?:[\u4e00-\u9fff]{{0,6}})?(?:巡察|巡视|督察|督导|审计)组"
    rf"|[\u4e00-\u9fff]{{0,6}}?(?:党委|党组|[省市区县]委)巡[察视]第?{_N}组"
)
_TEAM_LEAD = re.compile(r"^(?:由|经|向|对|被|受|在|到|至|和|与|按照|根据|为|派出|统一部署|部署|的)+")
_TITLE_ORGANISATION = re.compile(
    r"^(?:【[^】]*】)?(?P<name>.{2,60}?)(?:关于|落实|[省市区县]?委?巡[察视](?:反馈)?(?:问题|意见)?整改|巡[察视]整改)"
)
_OPENING_ORGANISATION = (
    re.compile(r"对(?P<name>[^，。,;]{2,40}?)(?:党员领导干部)?(?:进行|开展|实施)了?"),
    re.compile(r"向(?P<name>[^，。,;]{2,40}?)(?:党员领导干部)?(?:进行了?|作了)?反馈"),
    re.compile(r"(?:进驻|巡[察视]了?)(?P<name>[^，。,;]{2,40}?(?:党委|党组|党工委|委员会))"),
)
_LETTER_ORGANISATION = re.compile(
    r"(?:^|关于)(?:对|向|巡[察视])(?P<name>[^,。的]{2,40}?)(?:的|开展|进行|巡[察视]|反馈)"
)
_VISIT = re.compile(r"巡[察视]|审计|督察|检查|进驻|回头看")


@dataclass
class Facts:
    """What title and opening say; empty where they say nothing."""

    organisation: str = ""
    round: str = ""
    team: str = ""
    started_on: PartialDate | None = None
    ended_on: PartialDate | None = None
    feedback_on: PartialDate | None = None


def facts(title: str, opening: Sequence[str], signature: str, notes: Notes) -> Facts:
    """Read the facts; a date that no calendar has is reported, not guessed."""
    text = "\n".join(opening)
    key = fold(text)
    found = Facts(
        organisation=_organisation(title, text, signature),
        round=_round(title) or _round(text),
        team=_team(text, key),
    )
    visit = next(iter(_visits(key)), None)
    if visit:
        found.started_on, found.ended_on = visit[0].on(), dates.after(visit[1], visit[0].on())
        _check(visit, (found.started_on, found.ended_on), notes)
    found.feedback_on = _feedback(key, found.ended_on or found.started_on)
    return found


def is_letter(title: str, opening: Sequence[str]) -> bool:
    """Tell whether this is a feedback letter: it speaks of feedback and of no rectification yet."""
    key = fold(title or "".join(opening))
    return "反馈" in key and "整改" not in key


def kind(title: str, opening: Sequence[str], has_work: bool) -> DocumentKind:
    """Tell what sort of paper this is, by its title or opening and by its content."""
    if is_letter(title, opening):
        return DocumentKind.FEEDBACK_LETTER
    if has_work or "整改" in fold(title):
        return DocumentKind.PROGRESS_REPORT
    return DocumentKind.UNKNOWN


def _organisation(title: str, opening: str, signature: str) -> str:
    key = fold(title)
    letter = _LETTER_ORGANISATION.search(key)
    if letter and "整改" not in key:
        return title[letter.start("name") : letter.end("name")]
    match = _TITLE_ORGANISATION.match(key)
    if match and not key.startswith("关于") and not _TEAM.fullmatch(match["name"].removeprefix("中共")):
        return title[match.start("name") : match.end("name")].strip()
    if signature and "组" not in signature[-2:]:
        return signature
    folded = fold(opening)
    for pattern in _OPENING_ORGANISATION:
        if found := pattern.search(folded):
            return opening[found.start("name") : found.end("name")]
    return ""


def _round(text: str) -> str:
    key = fold(text)
    for pattern in _ROUNDS:
        if match := pattern.search(key):
            return text[match.start() : match.end()]
    return ""


def _team(text: str, key: str) -> str:
    match = _TEAM.search(key)
    if match is None:
        return ""
    lead = _TEAM_LEAD.match(match[0])
    start = match.start() + (lead.end() if lead else 0)
    return text[start : match.end()]


def _visits(key: str) -> list[tuple[dates.Found, dates.Found]]:
    """Pairs of dates in a sentence that speaks of the visit; else the first pair at all."""
    pairs = list(dates.ranges(key))
    return [pair for pair in pairs if _VISIT.search(_sentence(key, pair[1].end))] or pairs


def _sentence(key: str, place: int) -> str:
    end = key.find("。", place)
    return key[place : end if end >= 0 else len(key)]


def _feedback(key: str, earlier: PartialDate | None) -> PartialDate | None:
    """The last date before the word 反馈 in one sentence, if that date is not part of a range."""
    for sentence in re.split(r"[。\n]", key):
        told = sentence[: sentence.find("反馈")] if "反馈" in sentence else ""
        in_ranges = {found.start for pair in dates.ranges(told) for found in pair}
        single = [found for found in dates.dates(told) if found.start not in in_ranges and found.month]
        if single:
            return dates.after(single[-1], earlier)
    return None


def _check(pair: Sequence[dates.Found], read: Sequence[PartialDate | None], notes: Notes) -> None:
    if any(date is None for date in read) and any(found.year for found in pair):
        notes.problem("date_impossible", 0, phrase("a date of the visit does not exist or has no year"))
    elif read[0] and read[1] and str(read[1]) < str(read[0]):
        notes.problem("date_order", 0, phrase("the visit ends before it begins"))
