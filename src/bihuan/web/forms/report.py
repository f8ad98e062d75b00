"""The form for what a paper says beside the ledger: its date, and whom the public can turn to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bihuan.documents.model import Document
from bihuan.web.forms.widgets import DateInput


class ReportForm(forms.Form):
    """Both are for one paper only; the ledger does not change."""

    signed_on = forms.DateField(label=_("Date of the paper"), required=False, widget=DateInput())
    contact = forms.CharField(
        label=_("Contact for the public"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Telephone, post box and mail address, as they are to stand above the signature."),
    )

    @classmethod
    def showing(cls, document: Document) -> "ReportForm":
        """Give the form with what stands on a paper now."""
        signed_on = str(document.signed_on or "")
        return cls(initial={"signed_on": signed_on, "contact": document.contact})

    def clean_contact(self) -> str:
        """Browsers send line breaks as the network has them; papers hold them as text has them."""
        return str(self.cleaned_data["contact"]).replace("\r\n", "\n")

    def given(self) -> dict[str, Any]:
        """Give only what the address says, so that the paper fills in the rest."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}
