"""The file store: a file's name is its digest, so it cannot be exchanged unnoticed and is kept once."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from bihuan.errors import BadInput, NotFound
from bihuan.words import phrase

OWNER_ONLY = 0o700
"""Mode of the folders; files are for the owner of the installation alone too."""


def put(data: bytes) -> str:
    """Keep a file and give its SHA-256; when this returns, the bytes are on the disk.

    Order matters after a power failure: the content is synced, then renamed into place, then every
    folder on the way down to it is synced; only then may a row name the digest. So it is too where the
    file stands already: whoever brought it first may not have come that far. Raises BadInput for an empty or too large file.
    """
    limit_mb = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
    if not data:
        raise BadInput(phrase("The file is empty."))
    if len(data) > settings.UPLOAD_LIMIT_BYTES:
        raise BadInput(phrase("The file is larger than %(limit)s MB.", limit=limit_mb))
    digest = hashlib.sha256(data).hexdigest()
    path = _path(digest)
    if not (path.exists() and path.read_bytes() == data):  # a damaged file is written anew
        path.parent.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        path.parent.mkdir(mode=OWNER_ONLY, exist_ok=True)
        _write(path, data)
    for folder in list(path.parents)[:3]:  # the last one holds the store itself
        _sync_folder(folder)
    return digest


def get(digest: str) -> bytes:
    """Read a file back and check that not one bit differs; raises NotFound when it is gone or damaged."""
    try:
        data = _path(digest).read_bytes()
    except FileNotFoundError:
        raise NotFound(phrase("The file is missing from the store. Restore it from a backup.")) from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise NotFound(phrase("The stored file was altered and is not handed out. Restore it from a backup."))
    return data


def _path(digest: str) -> Path:
    return Path(settings.FILES) / digest[:2] / digest


def _write(path: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.rename(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
