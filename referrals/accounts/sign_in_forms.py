"""allauth's forms with labels and messages that say what to do."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

from referrals.nhs_forms import drawn

PASSWORD_MESSAGE = "Enter your password."  # noqa: S105
CODE_MESSAGE = "Enter the 6-digit code."


def _code(field: forms.Field, hint: str) -> None:
    field.label = "Code"
    field.help_text = hint
    field.error_messages["required"] = CODE_MESSAGE
    field.max_length = 20
    field.widget.attrs |= {"inputmode": "numeric", "spellcheck": "false", "maxlength": "20"}
    drawn(field, width=10, code=True)


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = "Work e-mail address"
        login.error_messages |= {
            "required": "Enter your work e-mail address.",
            "invalid": "Enter an e-mail address, like name@hospital.nhs.uk.",
        }
        login.widget.attrs |= {"autocomplete": "username", "spellcheck": "false"}
        password.help_text = ""
        password.error_messages["required"] = PASSWORD_MESSAGE
        drawn(login, width=30)
        drawn(password, width=20)


class ConfirmPasswordForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.error_messages["required"] = PASSWORD_MESSAGE
        drawn(password, width=20)


class SecondFactorForm(AuthenticateForm):
    """The code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(
            self.fields["code"],
            "6 digits from your authenticator app, or one of your recovery codes.",
        )


class ConfirmCodeForm(ReauthenticateCodeForm):
    """The same, once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(
            self.fields["code"],
            "6 digits from your authenticator app, or one of your recovery codes.",
        )


class FirstCodeForm(ActivateTOTPForm):
    """The first code, which shows that the app is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], "6 digits that the app shows now.")
