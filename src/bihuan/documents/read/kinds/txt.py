"""Plain text in UTF-8, UTF-16 with a byte order mark, GB 18030 or Big5."""

import codecs
import re

from bihuan.documents.read.lines import LINES_AT_MOST, Line, from_text
from bihuan.errors import BadInput
from bihuan.words import phrase

SUFFIXES = (".txt", ".text", ".md")
BYTES_AT_MOST = 20_000_000

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LEGACY = ("gb18030", "big5")
# Almost any bytes decode as GB 18030, so a guess must also look like Chinese official prose.
_FREQUENT = re.compile("[的一是不了在和有整改问题工作、，。問題改與於關為會]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def lines(data: bytes) -> list[Line]:
    """Decode and number the lines; raises BadInput for what is no text or too long."""
    if len(data) > BYTES_AT_MOST:
        raise BadInput(
            phrase("the file is larger than %(megabytes)s MB", megabytes=BYTES_AT_MOST // 1_000_000)
        )
    found = from_text(decode(data))
    if len(found) > LINES_AT_MOST:
        raise BadInput(phrase("the text has more than %(lines)s lines", lines=LINES_AT_MOST))
    return found


def decode(data: bytes) -> str:
    """Decode the bytes; raises BadInput if no encoding makes text of them."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _checked(_tried(data, encoding))
    text = _tried(data, "utf-8")
    if text is not None:
        return _checked(text)
    guesses = [guess for encoding in _LEGACY if (guess := _tried(data, encoding)) is not None]
    best = max(guesses, key=lambda guess: len(_FREQUENT.findall(guess)) / len(guess), default=None)
    return _checked(best if best and _FREQUENT.search(best) else None)


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None) -> str:
    if text is None or len(_CONTROL.findall(text)) * 100 > len(text):
        raise BadInput(phrase("the file is not a text in a known encoding (UTF-8, UTF-16, GB 18030, Big5)"))
    return text
