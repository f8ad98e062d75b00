"""The filters of a ledger, as a form that works by address alone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bihuan.documents.model import Completion
from bihuan.ledger.words import Choices
from bihuan.workflow.words import State

ALL: Any = ("", _("all"))


class FilterForm(forms.Form):
    """What of a ledger is wanted; the lamp is chosen by its own row of links and carried along."""

    def __init__(self, categories: Iterable[Any], departments: Choices, leaders: Choices, data: Any) -> None:
        super().__init__(data, auto_id="id_filter_%s")
        self._words: dict[str, dict[str, Any]] = {}
        chapters = [(str(row.pk), row.title) for row in categories]
        states = [(word.value, _(word.label)) for word in State]
        claims = [(word.value, _(word.label)) for word in Completion]
        self._choice("category", _("Category"), chapters)
        self._choice("department", _("Lead department"), departments)
        self._choice("leader", _("Responsible leader"), leaders)
        self._choice("declared", _("Declared status"), claims)
        self._choice("state", _("State"), states)
        self.fields["lamp"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["sort"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def chosen(self) -> list[Any]:
        """Say what is filtered by, in the words of the choices."""
        given = ((words, self.data.get(name, "")) for name, words in self._words.items())
        return [words[value] for words, value in given if value in words]

    def _choice(self, name: str, label: Any, choices: Iterable[tuple[str, Any]]) -> None:
        self._words[name] = dict(choices)
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[ALL, *self._words[name].items()], required=False
        )
