"""The form that takes a file as evidence."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bihuan.ledger.actions.evidence import SUFFIXES
from bihuan.ledger.words import evidence_kinds
from bihuan.web.forms.files import BoundedFile
from bihuan.web.forms.widgets import DateInput


class DetachForm(forms.Form):
    """Why a piece of evidence is taken off."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class EvidenceForm(forms.Form):
    """A file and what is said about it, once, for all the measures it serves."""

    file = BoundedFile(
        SUFFIXES,
        label=_("File"),
        help_text=" ".join(sorted(SUFFIXES)),
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(SUFFIXES))}),
    )
    title = forms.CharField(label=_("Title of the evidence"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind of evidence"))
    dated_on = forms.DateField(label=_("Date on the evidence itself"), widget=DateInput())
    doc_no = forms.CharField(label=_("Document number"), max_length=100, required=False)
    issuer = forms.CharField(label=_("Issued by"), max_length=200, required=False)
    measures = forms.TypedMultipleChoiceField(
        label=_("For these measures"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, measures: Iterable[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_evidence_%s", **kwargs})
        self.fields["kind"].choices = [("", "———"), *((key, _(label)) for key, label in evidence_kinds())]  # type: ignore[attr-defined]
        self.fields["dated_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        self.fields["measures"].choices = list(measures)  # type: ignore[attr-defined]
