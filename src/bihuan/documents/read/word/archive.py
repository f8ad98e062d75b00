"""Opens a .docx as a hostile zip: judged by its directory first, and counted while it unpacks (security limits)."""

import stat
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePosixPath

from bihuan.errors import BadInput
from bihuan.words import N_, phrase

BYTES_AT_MOST = 50_000_000
MEMBERS_AT_MOST = 2_000
UNPACKED_AT_MOST = 200_000_000
MEMBER_AT_MOST = 50_000_000
RATIO_AT_MOST = 100
RATIO_COUNTS_FROM = 64_000
"""Bytes: a small file of blanks may be packed tightly without harm."""

_CHUNK = 1 << 16
_MACROS = ("vbaproject.bin", "vbadata.xml")
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_REFUSALS = {
    "broken": N_("the file is damaged or is no .docx document"),
    "size": N_("the file is too large once unpacked"),
    "members": N_("the file holds too many parts"),
    "ratio": N_("the file is packed suspiciously tightly"),
    "names": N_("the file holds parts with forbidden or repeated names"),
    "macros": N_("documents with macros are not accepted"),
    "encrypted": N_("the file is protected by a password"),
}


class Archive:
    """A checked .docx; use it in a `with` statement. Everything that goes wrong is raised as BadInput."""

    def __init__(self, data: bytes) -> None:
        if len(data) > BYTES_AT_MOST:
            raise refusal("size")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise refusal("broken") from error
        self._left = UNPACKED_AT_MOST
        self._check(self._zip.infolist())
        self._members = {info.filename: info for info in self._zip.infolist()}

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """Unpack one part, counting; raises BadInput if it is missing, damaged or too large."""
        if name not in self._members:
            raise refusal("broken")
        pieces = []
        left = min(self._left, MEMBER_AT_MOST)
        try:
            with self._zip.open(self._members[name]) as member:
                while piece := member.read(_CHUNK):
                    left -= len(piece)
                    if left < 0:
                        raise refusal("size")
                    pieces.append(piece)
        except _BROKEN as error:
            raise refusal("broken") from error
        unpacked = b"".join(pieces)
        self._left -= len(unpacked)
        return unpacked

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > MEMBERS_AT_MOST:
            raise refusal("members")
        if any(info.flag_bits & 1 for info in members):
            raise refusal("encrypted")
        if sum(info.file_size for info in members) > UNPACKED_AT_MOST:
            raise refusal("size")
        _check_names(info.filename for info in members)
        for info in members:
            _check_member(info)


def refusal(code: str) -> BadInput:
    """Build the refusal for one of the reasons of this module."""
    return BadInput(phrase(_REFUSALS[code]))


def _check_names(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        # Word compares part names without regard to case.
        path, known = PurePosixPath(name), name.casefold()
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or known in seen:
            raise refusal("names")
        seen.add(known)


def _check_member(info: zipfile.ZipInfo) -> None:
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refusal("names")
    if info.filename.casefold().rsplit("/", 1)[-1] in _MACROS:
        raise refusal("macros")
    if info.file_size > MEMBER_AT_MOST:
        raise refusal("size")
    if info.file_size > RATIO_COUNTS_FROM and info.file_size > RATIO_AT_MOST * max(info.compress_size, 1):
        raise refusal("ratio")
