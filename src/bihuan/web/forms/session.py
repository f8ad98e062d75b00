"""The form by which somebody signs in."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 150
LONGEST_PASSWORD = 4096
"""Characters; hashing a password costs time that grows with its length, and anybody may ask for it."""


class SignInForm(forms.Form):
    """Who it is; spaces around a password belong to it."""

    username = forms.CharField(label=_("User name"), max_length=LONGEST_NAME)
    password = forms.CharField(label=_("Password"), max_length=LONGEST_PASSWORD, strip=False)
