"""Forms: they turn what was typed into values; whether an act is allowed, the ledger says."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from bihuan.errors import BadInput
from bihuan.words import Phrase, phrase


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """Give the values of a form; raises BadInput naming every field that is wrong."""
    if form.is_valid():
        return form.cleaned_data
    raise BadInput(*faults(form))


def faults(form: forms.BaseForm) -> list[Phrase]:
    """Say of every field that is wrong what is wrong with it."""
    return [
        phrase("“%(label)s”: %(fault)s", label=_label(form, name), fault=str(fault))
        for name, found in form.errors.items()
        for fault in found
    ]


def _label(form: forms.BaseForm, name: str) -> str:
    field = form.fields.get(name)
    return str(field.label or name) if field else gettext("the form as a whole")
