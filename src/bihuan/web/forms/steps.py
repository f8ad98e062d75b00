"""The form of a step, drawn from the inputs that the step table names."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from bihuan.ledger.actions.steps import OVERRIDE
from bihuan.web.forms.widgets import DateInput
from bihuan.workflow.steps import Input, InputKind, Step, When


def _field(asked: Input) -> forms.Field:
    label = gettext_lazy(asked.label)
    if asked.kind == InputKind.DATE:
        return forms.DateField(label=label, required=asked.required, widget=DateInput(_bounds(asked)))
    if asked.kind == InputKind.PLEDGE:
        return forms.BooleanField(label=label, required=asked.required)
    if asked.kind == InputKind.LINE:
        return forms.CharField(label=label, required=asked.required, max_length=300)
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=asked.required, max_length=5000, widget=area)


def _bounds(asked: Input) -> dict[str, str]:
    """Keep a calendar from offering days that the step would refuse."""
    today = timezone.localdate()
    if asked.when == When.PAST:
        return {"max": today.isoformat()}
    return {"min": (today + timedelta(days=1)).isoformat()} if asked.when == When.AHEAD else {}


class StepForm(forms.Form):
    """What one step asks for, and the reason for passing over warnings where there are any."""

    use_required_attribute = True

    def __init__(self, step: Step, data: object = None, *, warned: bool = False) -> None:
        super().__init__(data, auto_id=f"id_{step.verb}_%s")  # type: ignore[arg-type]
        for asked in step.inputs:
            self.fields[asked.name] = _field(asked)
        if warned:
            self.fields[OVERRIDE] = forms.CharField(
                label=gettext_lazy("Why it is right to go on all the same"),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
