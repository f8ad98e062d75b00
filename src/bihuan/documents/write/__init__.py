"""Writes official papers: a report gives blocks, a format turns blocks into a file.

Both are found by their place. A new format is a new module in `formats/` with a `MEDIA_TYPE` and `render(paper)`;
a new report is a new module here with `blocks(document)`.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from bihuan.documents.model import Document
from bihuan.documents.write import formats
from bihuan.documents.write.content import Block, Paper
from bihuan.errors import BadInput
from bihuan.words import phrase


def _modules(package: str, path: Iterable[str]) -> Mapping[str, ModuleType]:
    names = sorted(module.name for module in iter_modules(path) if not module.ispkg)
    return {name: import_module(f"{package}.{name}") for name in names}


_FORMATS = _modules(formats.__name__, formats.__path__)

FORMATS: Mapping[str, Callable[[Paper], bytes]] = {name: each.render for name, each in _FORMATS.items()}
"""How each format is written, by its file name extension."""

MEDIA_TYPES: Mapping[str, str] = {name: each.MEDIA_TYPE for name, each in _FORMATS.items()}
"""What each format is called in HTTP, by its file name extension."""

REPORTS: Mapping[str, Callable[[Document], tuple[Block, ...]]] = {
    name: each.blocks for name, each in _modules(__name__, __path__).items() if hasattr(each, "blocks")
}
"""How each report is composed, by its name."""


def write(document: Document, *, format: str, report: str = "progress_report") -> bytes:
    """Compose `report` from the document and return it as a file in `format`.

    The same document always gives the same bytes, so that an approval can name their digest.
    Raises BadInput when the format or the report is not one of `FORMATS` and `REPORTS`.
    """
    if format not in FORMATS:
        known = ", ".join(FORMATS)
        raise BadInput(
            phrase("There is no writer for %(format)s; choose one of %(known)s.", format=format, known=known)
        )
    if report not in REPORTS:
        known = ", ".join(REPORTS)
        raise BadInput(
            phrase("There is no report %(report)s; choose one of %(known)s.", report=report, known=known)
        )
    return FORMATS[format](Paper(REPORTS[report](document)))
