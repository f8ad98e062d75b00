"""Input fields that phones know how to fill in."""

from django import forms


class DateInput(forms.DateInput):
    """A date field with the device's own calendar; the value is always ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
