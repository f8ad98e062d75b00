"""Forms that take a document in and correct what was read out of it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bihuan.ledger.words import completions

ACCEPT = ".txt,.docx"


class UploadForm(forms.Form):
    """A document and the organisation that it is about."""

    file = forms.FileField(
        label=_("Document (.txt or .docx)"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )
    organisation = forms.ChoiceField(label=_("Organisation that was inspected"))

    def __init__(self, organisations: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(row.code, row.name) for row in organisations]  # type: ignore[attr-defined]


class ScrutinyForm(forms.Form):
    """A document that is only to be looked at; nothing of it is kept."""

    file = forms.FileField(
        label=_("Document (.txt or .docx)"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )


class CorrectionForm(forms.Form):
    """What was read for one finding; measures and next steps stand one to a line."""

    title = forms.CharField(label=_("Finding"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    completion = forms.ChoiceField(label=_("Declared status"))
    measures = forms.CharField(
        label=_("Measures, one to a line"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    next_steps = forms.CharField(
        label=_("Next steps, one to a line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["completion"].choices = [(key, _(label)) for key, label in completions()]  # type: ignore[attr-defined]
