"""Forms of signing in and of the own account: allauth's, in our words and with what failed written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from luotsi.people.actions.accounts import write_down
from luotsi.people.models import Account
from luotsi.people.models.accounts import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from allauth.mfa.models import Authenticator

PASSWORD_HELP = _("At least 12 characters. Three or four words in a row are easy to remember.")
WORDS: dict[str, Any] = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password again"),
    "code": _("Code"),
    "name": _("Name"),
    "passwordless": _("Use it to sign in without a password"),
}
HELP: dict[str, Any] = {
    "password1": PASSWORD_HELP,
    "name": _("For instance: work phone, blue security key."),
    "passwordless": _(
        "The device asks for a fingerprint, your face or a PIN. Leave out for a security key without a PIN."
    ),
}


class Plain(forms.Form):
    """Labels and help in our words, no placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = WORDS.get(name, field.label)
            field.help_text = HELP.get(name, "")


class SignInForm(Plain, account.LoginForm):
    """E-mail and password."""


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    """The password once more, before a change that matters."""


class AddAddressForm(Plain, account.AddEmailForm):
    """One more address."""


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    """Another password instead of the present one."""


class SetPasswordForm(Plain, account.SetPasswordForm):
    """A first password."""


class AskResetForm(Plain, account.ResetPasswordForm):
    """The address to which the link goes."""


class ResetPasswordForm(Plain, account.ResetPasswordKeyForm):
    """A new password, after opening the link."""


class LanguageForm(forms.Form):
    """The language of pages and mails."""

    language = forms.ChoiceField(label=_("Language of pages and messages"), choices=LANGUAGES)


def write_down_failed(user: object, kind: str) -> None:
    """Write down that a second factor was wrong, when it is known whose it is."""
    if isinstance(user, Account):
        write_down(verb="second-factor-failed", account=user, by=None, after={"kind": kind})


def or_written_down[Answer](check: Callable[[], Answer], user: object, kind: str) -> Answer:
    """Return what the check returns; a wrong answer is written down and refused as before."""
    try:
        return check()
    except ValidationError:
        write_down_failed(user, kind)
        raise


class CodeForm(Plain, factor.AuthenticateForm):
    """A code of the authenticator app or a recovery code."""

    def clean_code(self) -> str:
        """Check the code; a wrong one is written down."""
        return or_written_down(super().clean_code, self.user, "code")


class ReauthenticateCodeForm(Plain, factor.ReauthenticateForm):
    """A code once more, before a change that matters."""

    def clean_code(self) -> str:
        """Check the code; a wrong one is written down."""
        return or_written_down(super().clean_code, self.user, "code")


class PasskeyForm(webauthn.AuthenticateWebAuthnForm):
    """The answer of a passkey or security key as the second factor."""

    def clean_credential(self) -> Authenticator:
        """Check the answer; a wrong one is written down."""
        return or_written_down(super().clean_credential, self.user, "passkey")


class ReauthenticatePasskeyForm(webauthn.ReauthenticateWebAuthnForm):
    """The answer of a passkey once more, before a change that matters."""

    def clean_credential(self) -> Authenticator:
        """Check the answer; a wrong one is written down."""
        return or_written_down(super().clean_credential, self.user, "passkey")


class AddAppForm(Plain, totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""


class AddPasskeyForm(Plain, webauthn.AddWebAuthnForm):
    """A new passkey or security key and its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["name"].widget.attrs["maxlength"] = "60"


class RenamePasskeyForm(Plain, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = "60"
