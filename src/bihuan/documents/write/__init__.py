"""Writes official papers: a report gives blocks, a format turns blocks into a file.

Both are found by their place. A new format is a new module in `formats/` with `render(paper) -> bytes`;
a new report is a new module here with `blocks(document) -> tuple[Block, ...]`.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from bihuan.documents.model import Document
from bihuan.documents.write import formats
from bihuan.documents.write.content import Block, BlockKind, Paper
from bihuan.errors import BadInput
from bihuan.words import phrase


def _found(package: str, path: Iterable[str], function: str) -> Mapping[str, Callable[..., object]]:
    """The modules directly in a package that offer `function`, by name."""
    names = sorted(module.name for module in iter_modules(path) if not module.ispkg)
    modules = {name: import_module(f"{package}.{name}") for name in names}
    return {name: getattr(module, function) for name, module in modules.items() if hasattr(module, function)}


REPORTS = cast(Mapping[str, Callable[[Document], tuple[Block, ...]]], _found(__name__, __path__, "blocks"))
"""How each report is composed, by its name."""

FORMATS = cast(Mapping[str, Callable[[Paper], bytes]], _found(formats.__name__, formats.__path__, "render"))
"""How each format is written, by its file name extension."""


def write(document: Document, *, format: str, report: str = "progress_report") -> bytes:
    """This function will compose `report` from the document and return it as a file in `format`.

    The same document always gives the same bytes, so that an approval can name their digest.
    Raises BadInput when the format or the report is not one of `FORMATS` and `REPORTS`.
    """
    if format not in FORMATS:
        raise BadInput(
            phrase(
                "There is no writer for %(format)s; choose one of %(known)s.",
                format=format,
                known=", ".join(FORMATS),
            )
        )
    if report not in REPORTS:
        raise BadInput(
            phrase(
                "There is no report %(report)s; choose one of %(known)s.",
                report=report,
                known=", ".join(REPORTS),
            )
        )
    blocks = REPORTS[report](document)
    title = next((block.text for block in blocks if block.kind is BlockKind.TITLE), "")
    return FORMATS[format](
        Paper(title=title, author=document.signature or document.organisation, blocks=blocks)
    )
