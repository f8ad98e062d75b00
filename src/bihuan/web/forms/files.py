"""Files in forms: their kind and size are looked at before a single byte of them is read into memory."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
FORM_BYTES = 8 * MEGABYTE
"""What the fields beside a file may take, at most."""


class BoundedFile(forms.FileField):
    """A file of known kinds that is no larger than the installation takes."""

    def __init__(self, suffixes: Iterable[str], **kwargs: Any) -> None:
        known = FileExtensionValidator([suffix.removeprefix(".") for suffix in sorted(suffixes)])
        super().__init__(validators=[_refuse_too_large, known], **kwargs)


def _refuse_too_large(file: "UploadedFile[bytes]") -> None:
    if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // MEGABYTE
        raise ValidationError(_("The file is larger than %(limit)s MB."), params={"limit": limit})


class BoundedUpload(TemporaryFileUploadHandler):
    """Takes files in on the disk, and stops a request that is too long for any form before its first byte.

    Up to twice the limit is taken, so that a file a little too large can still be named as such.
    The page for signing in takes requests of strangers: without a bound, anybody could fill the disk.
    """

    def handle_raw_input(
        self, _input_data: Any, _meta: Any, content_length: int, _boundary: Any, _encoding: Any = None
    ) -> None:
        """Look at the length that the request announces; the server passes on no more than that."""
        if content_length > 2 * settings.UPLOAD_LIMIT_BYTES + FORM_BYTES:
            raise RequestDataTooBig("the request is larger than any form of ours")
