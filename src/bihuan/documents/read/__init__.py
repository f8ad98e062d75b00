"""Reads documents as they arrive: bytes of any known kind, or plain text, into `Parsed`."""

from bihuan.documents.model import Parsed
from bihuan.documents.read import kinds
from bihuan.documents.read.assemble import parse
from bihuan.documents.read.lines import from_text
from bihuan.documents.read.transport import as_json, from_json
from bihuan.errors import BadInput
from bihuan.words import phrase

__all__ = ["as_json", "from_json", "read", "read_text"]


def read(data: bytes, *, filename: str) -> Parsed:
    """Read a file; its kind goes by the suffix of `filename`.

    Raises BadInput for unknown kinds, empty files, text that cannot be decoded and damaged or hostile files.
    Files from outside the house go through `isolated.read_isolated` instead.
    """
    if not data.strip():
        raise BadInput(phrase("the file is empty"))
    lines = kinds.lines(data, filename)
    if not any(line.text.strip() for line in lines):
        raise BadInput(phrase("the file holds no text"))
    return parse(lines)


def read_text(text: str) -> Parsed:
    """Read a text that is already decoded; an empty text gives an empty document and a problem."""
    return parse(from_text(text))
