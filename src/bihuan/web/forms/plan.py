"""The form of a finding's plan, and of giving one thing to many findings."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bihuan.errors import BadInput
from bihuan.ledger.actions.planning import Assignment, MeasureFields, PlanFields
from bihuan.ledger.words import Choices, deliverable_kinds, finding_kinds
from bihuan.web.forms import cleaned, faults
from bihuan.web.forms.widgets import DateInput
from bihuan.words import Phrase, phrase

EMPTY = ("", "———")
SPARE_ROWS = 2
MOST_MEASURES = 200
MOST_ROWS = 400
"""Rows that are taken at all; a plan that came longer out of a document is shown whole and can be cut down."""


def _to_key(text: str) -> int | None:
    return int(text) if text else None


def _choice(label: Any, choices: Choices) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[EMPTY, *choices], coerce=_to_key, empty_value=None, required=False
    )


def _translated(choices: Choices) -> list[tuple[str, Any]]:
    return [(key, _(label)) for key, label in choices]


class PlanForm(forms.Form):
    """Who, until when, by which standard."""

    def __init__(self, people: "PlanChoices", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = {"rows": 2}
        self.fields["kind"] = forms.ChoiceField(
            label=_("How it is put right"), choices=_translated(finding_kinds())
        )
        self.fields["lead_department_id"] = _choice(_("Lead department"), people.departments)
        self.fields["cooperating_ids"] = forms.TypedMultipleChoiceField(
            label=_("Cooperating departments"),
            choices=people.departments,
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["responsible_leader_id"] = _choice(_("Responsible leader"), people.leaders)
        self.fields["handler_id"] = _choice(_("Handler"), people.handlers)
        self.fields["due_on"] = forms.DateField(label=_("Due date"), required=False, widget=DateInput())
        self.fields["objective"] = forms.CharField(
            label=_("Objective"), required=False, widget=forms.Textarea(area)
        )
        self.fields["criterion"] = forms.CharField(
            label=_("Criterion for completion"), required=False, widget=forms.Textarea(area)
        )


class MeasureForm(forms.Form):
    """One measure and what it leaves behind."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: "PlanChoices", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=_("Measure"), required=False, widget=forms.Textarea({"rows": 2})
        )
        self.fields["deliverable"] = forms.CharField(
            label=_("Deliverable that can be checked"), max_length=300, required=False
        )
        self.fields["deliverable_kind"] = forms.ChoiceField(
            label=_("Kind of deliverable"), choices=[EMPTY, *_translated(deliverable_kinds())], required=False
        )
        self.fields["target"] = forms.CharField(
            label=_("Target (number and unit)"), max_length=100, required=False
        )
        self.fields["frequency"] = forms.CharField(label=_("How often"), max_length=100, required=False)
        self.fields["due_on"] = forms.DateField(label=_("Due date"), required=False, widget=DateInput())
        self.fields["owner_id"] = _choice(_("Owner"), people.handlers)


class PlanChoices:
    """The departments and people that a plan may name."""

    def __init__(self, departments: Iterable[Any], leaders: Iterable[Any], handlers: Iterable[Any]) -> None:
        self.departments: Choices = [(str(row.pk), row.short_name) for row in departments]
        self.leaders: Choices = [(str(row.pk), row.name) for row in leaders]
        self.handlers: Choices = [(str(row.pk), row.name) for row in handlers]


MeasureFormSet = forms.formset_factory(
    MeasureForm,
    extra=SPARE_ROWS,
    can_order=True,
    can_delete=True,
    max_num=MOST_MEASURES,
    absolute_max=MOST_ROWS,
)


def plan_fields(form: PlanForm, measures: Any) -> PlanFields:
    """Build the plan from both forms; raises BadInput for a wrong value, each named with its row."""
    values: dict[str, Any] = cleaned(form)
    kept = _kept(measures)
    kept.sort(key=lambda given: given.get("ORDER") or MOST_ROWS + 1)
    return PlanFields(
        **{**values, "cooperating_ids": tuple(values["cooperating_ids"])},
        measures=tuple(_measure(given) for given in kept),
    )


def _kept(measures: Any) -> list[dict[str, Any]]:
    """Give the rows that stay. Only its own box takes a measure away: neither an emptied nor a lost row does."""
    whole = measures.is_valid()
    rows = [
        (number, row) for number, row in enumerate(measures.forms, 1) if not row.cleaned_data.get("DELETE")
    ]
    wrong = [(number, fault) for number, row in rows for fault in faults(row)]
    wrong += [(number, _NO_TEXT) for number, row in rows if row.is_valid() and _lacks_text(row.cleaned_data)]
    reasons = [Phrase("%(fault)s", {"fault": str(fault)}) for fault in measures.non_form_errors()]
    reasons += [
        phrase("Measure %(number)s: %(fault)s", number=number, fault=fault) for number, fault in wrong
    ]
    if reasons or not whole:
        raise BadInput(*reasons)
    return [row.cleaned_data for _number, row in rows if row.cleaned_data.get("text")]


_NO_TEXT = phrase("there is no text. To take the measure out, tick its box “Delete”.")


def _lacks_text(given: dict[str, Any]) -> bool:
    said = (value for name, value in given.items() if name not in ("ORDER", "DELETE"))
    return not given.get("text") and any(said)


def _measure(given: dict[str, Any]) -> MeasureFields:
    return MeasureFields(**{name: value for name, value in given.items() if name not in ("ORDER", "DELETE")})


class AssignForm(forms.Form):
    """One department, leader or date for many findings; what is left empty stays as it is."""

    def __init__(self, people: PlanChoices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_assign_%s", **kwargs})
        self.fields["lead_department_id"] = _choice(_("Lead department"), people.departments)
        self.fields["responsible_leader_id"] = _choice(_("Responsible leader"), people.leaders)
        self.fields["handler_id"] = _choice(_("Handler"), people.handlers)
        self.fields["due_on"] = forms.DateField(label=_("Due date"), required=False, widget=DateInput())

    def assignment(self) -> Assignment:
        """Build what is to be given; raises BadInput for a wrong value."""
        values: dict[str, Any] = cleaned(self)
        return Assignment(**values)
