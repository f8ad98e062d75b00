"""Forms that take a document in and correct what was read out of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bihuan.documents.read.kinds import suffixes
from bihuan.ledger import corrections
from bihuan.ledger.corrections import FindingFields
from bihuan.ledger.words import completions
from bihuan.web.forms.files import BoundedFile


def _document_field() -> forms.FileField:
    """Name the kinds that can be read, and let the browser offer no others."""
    return BoundedFile(
        suffixes(),
        label=format_lazy("{} ({})", _("Document"), " ".join(suffixes())),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(suffixes())}),
    )


def _lines(label: object, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))  # type: ignore[arg-type]


class _AgainForm(forms.Form):
    """A form with a file. A browser never sends a file by itself again, so a refused form asks for it anew."""

    def __init__(self, *args: Any, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if again:
            self.fields["file"].help_text = str(_("Choose the file again."))


class UploadForm(_AgainForm):
    """A document and the organisation that it is about."""

    file = _document_field()
    organisation = forms.ChoiceField(label=_("Organisation that was inspected"))

    def __init__(self, organisations: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(row.code, row.name) for row in organisations]  # type: ignore[attr-defined]


class ScrutinyForm(_AgainForm):
    """A document that is only to be looked at; nothing of it is kept."""

    file = _document_field()


class CorrectionForm(forms.Form):
    """What was read for one finding; aspects, measures and next steps stand one to a line."""

    title = forms.CharField(label=_("Finding"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    completion = forms.ChoiceField(label=_("Declared status"))
    sustained = forms.BooleanField(label=_("Sustained over a long term"), required=False)
    aspects = _lines(_("Aspects, one to a line"), 3)
    measures = _lines(_("Measures, one to a line"), 6)
    next_steps = _lines(_("Next steps, one to a line"), 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["completion"].choices = [(key, _(label)) for key, label in completions()]  # type: ignore[attr-defined]

    def fields_given(self) -> FindingFields:
        """Give what a valid form says of the finding."""
        given = self.cleaned_data
        return FindingFields(
            title=given["title"],
            completion=given["completion"],
            sustained=given["sustained"],
            aspects=tuple(given["aspects"].splitlines()),
            measures=tuple(given["measures"].splitlines()),
            next_steps=tuple(given["next_steps"].splitlines()),
        )


class HeadForm(forms.Form):
    """What was read at the head of a document; whether a date is one, the ledger says."""

    title = forms.CharField(label=_("Title"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {**corrections.TEXTS, **corrections.DATES}
        for name in labels.keys() - self.fields.keys():
            self.fields[name] = forms.CharField(label=_(labels[name]), required=False)
        for name in corrections.DATES:
            self.fields[name].widget.attrs |= {"placeholder": "2024-09-06", "maxlength": 10}
        self.order_fields(labels)
