"""Accounts for every word of a source: it stands in the parse, or a repair or problem names its line."""

import re
from collections.abc import Iterator

from bihuan.documents.model import Document, Parsed
from bihuan.documents.read.glyphs import fold
from bihuan.documents.read.labels import LABELS
from bihuan.documents.read.lines import from_text, mend
from bihuan.documents.read.notes import Notes

# Lines with one of these notes are shown to a person with their text.
NAMED = {"chrome_cut", "title_repeated", "line_unplaced", "label_without_place"}

_NUMERAL = "[一二三四五六七八九十百零〇两]{1,4}"
_LABELS = "|".join(words for _, words in LABELS)
# What the grammar itself takes away at the edges of words: numbers, labels, 关于 … 的问题, 该问题 …
_EDGE = (
    rf"第?{_NUMERAL}(?:是|部分|章)?|是|\d{{1,4}}|[①-⒛㈠-㈩]|问题|关于|针对|对于|对|就|反馈|指出|提出|的|中|等|具体|突出|方面|整改|落实|工作|进展|情况"
    rf"|目前|现|截至|该|此|本|上述|以上|这|项|条|个|任务|事项|下一步|下步|下阶段|存在|市委|区委|县委|省委|巡[察视]组?|月|日|年|{_LABELS}"
)
_LEADING = re.compile(rf"(?:{_EDGE})")
_TRAILING = re.compile(rf"(?:{_EDGE})$")
_LABEL = re.compile(_LABELS)
_WORDS = re.compile(r"[^\W_]+")
_DATE = re.compile(r"[\d〇零○一二三四五六七八九十年月日()./-]+")


def unaccounted(parsed: Parsed) -> list[tuple[int, str]]:
    """Return the words of the source, with their lines, that the parse neither holds nor names."""
    named = {note.line for note in (*parsed.repairs, *parsed.problems) if note.code in NAMED}
    held = squashed(" ".join(_held(parsed.document)))
    lost = []
    for number, text in _joined(parsed):
        if number not in named and not _DATE.fullmatch(squashed(text)):
            lost += [(number, word) for word in _WORDS.findall(fold(text)) if not _is_held(word, held)]
    return lost


def _joined(parsed: Parsed) -> list[tuple[int, str]]:
    """The mended lines; one that was joined to the line before it, even in the middle of a label, stands there."""
    joins = {repair.line for repair in parsed.repairs if repair.code == "rejoined"}
    joined: list[tuple[int, str]] = []
    for line in mend(from_text("\n".join(parsed.lines)), Notes()):
        if line.number in joins and joined:
            joined[-1] = (joined[-1][0], joined[-1][1] + line.text)
        else:
            joined.append((line.number, line.text))
    return joined


def squashed(text: str) -> str:
    """Return the words of a text without blanks and punctuation, folded."""
    return "".join(_WORDS.findall(fold(text)))


def _held(document: Document) -> Iterator[str]:
    yield from (document.title, *document.opening, document.signature, document.contact)
    for section in document.sections:
        yield from (section.title, *section.paragraphs)
    for finding in document.findings:
        yield from (finding.category.title, finding.title, *finding.aspects)
        yield from (finding.declared.raw, *finding.work, *finding.next_steps)


def _is_held(word: str, held: str) -> bool:
    """Whether a word stands in the parse, perhaps after the grammar has taken its edges away."""
    tried = {word}
    while tried:
        candidate = tried.pop()
        if candidate in held or _LABEL.fullmatch(candidate):
            return True
        if leading := _LEADING.match(candidate):
            tried.add(candidate[leading.end() :])
        elif trailing := _TRAILING.search(candidate):
            tried.add(candidate[: trailing.start()])
    return False
