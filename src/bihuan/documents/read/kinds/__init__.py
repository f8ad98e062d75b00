"""One module per kind of input. Each has SUFFIXES and `lines(data) -> list[Line]`; a new kind is a new file here."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import PurePath
from types import ModuleType

from bihuan.documents.read.lines import Line
from bihuan.errors import BadInput
from bihuan.words import phrase


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of all files that can be read, such as `.txt`."""
    return tuple(sorted(suffix for name in _names() for suffix in _module(name).SUFFIXES))


def lines(data: bytes, filename: str) -> list[Line]:
    """Read the lines of a file of any known kind; raises BadInput for every other kind."""
    suffix = PurePath(filename).suffix.lower()
    # The module named like the suffix is asked first: the libraries of other kinds are not loaded in vain.
    for name in sorted(_names(), key=lambda name: f".{name}" != suffix):
        module = _module(name)
        if suffix in module.SUFFIXES:
            found: list[Line] = module.lines(data)
            return found
    raise _unknown(suffix or filename)


def known_suffix(filename: str) -> str:
    """Give the suffix of a file that can be read, in small letters; raises BadInput for every other kind."""
    suffix = PurePath(filename).suffix.lower()
    if suffix in suffixes():
        return suffix
    raise _unknown(suffix or filename)


def _unknown(kind: str) -> BadInput:
    known = " ".join(suffixes())
    return BadInput(
        phrase(
            "files of the kind %(suffix)s cannot be read; known kinds: %(known)s", suffix=kind, known=known
        )
    )


def _names() -> Iterator[str]:
    return (module.name for module in pkgutil.iter_modules(__path__))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name}")
