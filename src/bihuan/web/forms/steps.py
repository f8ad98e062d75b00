"""The form of a step, drawn from the inputs that the step table names."""

from django import forms
from django.utils.translation import gettext_lazy

from bihuan.ledger.actions.steps import OVERRIDE
from bihuan.web.forms.widgets import DateInput
from bihuan.workflow.steps import Input, InputKind, Step


def _field(asked: Input) -> forms.Field:
    label = gettext_lazy(asked.label)
    if asked.kind == InputKind.DATE:
        return forms.DateField(label=label, required=asked.required, widget=DateInput())
    if asked.kind == InputKind.PLEDGE:
        return forms.BooleanField(label=label, required=asked.required)
    if asked.kind == InputKind.LINE:
        return forms.CharField(label=label, required=asked.required, max_length=300)
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=asked.required, max_length=5000, widget=area)


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
