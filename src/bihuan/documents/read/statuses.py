"""The vocabulary of declared status, on two axes: how far, and whether it must be sustained."""

import re

from bihuan.documents.model import Completion, Declared

# One row per family of words; formats seen in published reports 2016-2026. All patterns match whole words.
_COMPLETION: tuple[tuple[Completion, str], ...] = (
    (
        Completion.DONE,
        "(?:全部|均)?(?:已经|已|均已|已全部)?(?:全部)?(?:完成整改|整改完成|整改完毕|整改到位|完成|销号|办结|整改落实到位)"
        "|已经?整改|已整改销号|完成销号|完成整改销号|已落实|整改结束",
    ),
    (Completion.BASIC, "(?:已经|已)?基本(?:完成整改|整改完成|整改到位|完成|到位)"),
    (
        Completion.STAGE,
        "(?:已|已经)?(?:阶段性?完成(?:整改)?|取得(?:了)?(?:明显)?阶段性(?:成果|成效|进展)|阶段性(?:成果|成效|整改完成)|部分完成(?:整改)?|部分整改|完成阶段性整改)",
    ),
    (
        Completion.IN_PROGRESS,
        "正在(?:整改|推进|进行|落实|办理)(?:中)?|整改中|推进中|进行中|办理中|持续(?:整改|推进)(?:中)?|正推进|正在整改推进",
    ),
    (Completion.NOT_DONE, "(?:尚|仍)?未(?:完成整改|完成|整改到位|整改|启动|开展|销号)"),
)
_SUSTAINED = (
    "(?:需要|需|要|并|应)?(?:长期|持续)(?:坚持整改|坚持|整改坚持|坚持推进)|长期(?:整改|推进|抓好|任务)"
)
_NEUTRAL = "立行立改|立查立改|整改|限期整改|集中整改"
_WORDS = re.compile(
    "|".join(f"(?P<{completion.name}>{words})" for completion, words in _COMPLETION)
    + f"|(?P<SUSTAINED>{_SUSTAINED})|(?P<NEUTRAL>{_NEUTRAL})"
)
_GLUE = re.compile(r"[,、;/()\s]+|并且|但|且|并|和|的")
_END = re.compile(r"[。.]?\s*$")
_SUBJECT = re.compile(
    r"(?:目前|现|截至目前|截至[\d年月日底]{2,12})?,?(?:该|此|本|上述|以上|所涉|这)(?:项|条|个)?(?:问题|任务|事项|整改事项|项)?(?:目前|现)?"
    r"|(?:目前|现已|截至目前|截至[\d年月日底]{2,12}),?"
)
_LONGEST = 60


def whole(text: str, key: str) -> Declared | None:
    """Read `text` as a status if it holds nothing but words of the vocabulary; `key` is its shadow."""
    if len(key) > _LONGEST:
        return None
    found = _scan(key, 0, len(_END.sub("", key)))
    if found is None:
        return None
    completion, sustained = found
    return Declared(completion, sustained, text.rstrip("。. \t\u3000").strip())


def sentence(text: str, key: str) -> Declared | None:
    """Read a whole sentence such as 该问题已完成整改。 as a status; the raw words leave out the subject."""
    if len(key) > _LONGEST:
        return None
    subject = _SUBJECT.match(key)
    start = subject.end() if subject else 0
    return whole(text[start:], key[start:])


def names_subject(key: str) -> bool:
    """Tell whether a sentence speaks of the finding itself (该问题 …)."""
    return _SUBJECT.match(key) is not None


def within(key: str) -> Declared | None:
    """Find a status inside a chapter's title, such as 已完成整改的问题."""
    match = _WORDS.search(key)
    if match is None or not re.match(r"的?(?:整改)?(?:问题|任务|事项|项目)", key[match.end() :]):
        return None
    return whole(match[0], match[0])


def _scan(key: str, place: int, end: int) -> tuple[Completion, bool] | None:
    completion, sustained, words = Completion.UNKNOWN, False, 0
    while place < end:
        match = _WORDS.match(key, place, end)
        if match is None:
            glue = _GLUE.match(key, place, end)
            if glue is None:
                return None
            place = glue.end()
            continue
        place = match.end()
        words += match.lastgroup != "NEUTRAL"
        if match.lastgroup == "SUSTAINED":
            sustained = True
        elif match.lastgroup != "NEUTRAL" and completion is Completion.UNKNOWN:
            completion = Completion[str(match.lastgroup)]
    return (completion, sustained) if words else None
