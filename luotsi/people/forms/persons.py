"""Forms of persons: filters, giving a role, inviting, accepting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luotsi.base import clock
from luotsi.people.actions.invitations import Invitee
from luotsi.people.models.accounts import LANGUAGES
from luotsi.people.models.roles import ROLES
from luotsi.people.queries.audit import deeds
from luotsi.people.rules import LEADER, Kind, Role, givable_roles

if TYPE_CHECKING:
    from luotsi.people.models import Unit
    from luotsi.people.rules import Reach


class PersonFilter(forms.Form):
    """Narrows the list of persons."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=80)
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[
            ("", _("All staff")),
            ("wide", _("Wide roles")),
            ("learners", _("Students and guardians")),
            *ROLES,
        ],
    )
    account = forms.ChoiceField(
        label=_("Sign-in"),
        required=False,
        choices=[
            ("", _("All")),
            ("any", _("Can sign in")),
            ("recent", _("Signed in within 30 days")),
            ("strong", _("Second factor in use")),
            ("weak", _("Password only")),
            ("none", _("No account")),
        ],
    )
    state = forms.ChoiceField(
        label=_("State of the role"),
        required=False,
        choices=[
            ("", _("In force")),
            ("ending", _("In force, end day set")),
            ("ended", _("Ended")),
            ("all", _("All")),
        ],
    )


class InvitationFilter(forms.Form):
    """Narrows the list of invitations."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("pending", _("Not accepted")),
            ("open", _("Open")),
            ("expired", _("Expired")),
            ("accepted", _("Accepted")),
            ("withdrawn", _("Withdrawn")),
        ],
    )


class AuditFilter(forms.Form):
    """Narrows the log of changes."""

    q = forms.CharField(label=_("Who or what"), required=False, max_length=80)
    verb = forms.ChoiceField(label=_("Change"), required=False)
    since = forms.DateField(label=_("Since"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((verb, gettext(words)) for verb, words in deeds().items()), key=lambda pair: pair[1])
        self.fields["verb"].choices = [("", _("All changes")), *choices]  # type: ignore[attr-defined]


def role_choices(reach: Reach, unit: Unit) -> list[tuple[str, Any]]:
    """Return the roles that may be given at the unit, with their names."""
    givable = givable_roles(reach, unit.path, Kind(unit.kind))
    return [(role, label) for role, label in ROLES if role in givable]


class RoleForm(forms.Form):
    """A role to give at a unit, from a day, perhaps to a day."""

    role = forms.ChoiceField(label=_("Role"))
    valid_from = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"inputmode": "numeric"}))
    valid_to = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave empty when the role goes on until further notice."),
        widget=forms.DateInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, reach: Reach, unit: Unit, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(reach, unit)  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Whom to invite to which role."""

    given_name = forms.CharField(label=_("Given name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    email = forms.EmailField(label=_("E-mail"), help_text=_("The invitation is sent to this address."))
    language = forms.ChoiceField(label=_("Language of the message"), choices=LANGUAGES)
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, reach: Reach, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = role_choices(reach, unit)  # type: ignore[attr-defined]

    def invitee(self) -> Invitee:
        """Return the invited person, ready for the actions."""
        given = self.cleaned_data
        return Invitee(**{name: given[name] for name in ("email", "given_name", "family_name", "language")})


class LeaderForm(forms.Form):
    """The person to lead a new unit; all empty = invite nobody now."""

    given_name = forms.CharField(label=_("Given name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language of the message"), choices=LANGUAGES, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for all three or none of names and address."""
        cleaned = super().clean() or {}
        needed = ("given_name", "family_name", "email")
        if any(cleaned.get(name) for name in needed):
            for name in needed:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in too, or leave all three empty."))
        return cleaned

    def invitee(self) -> Invitee | None:
        """Return the invited person, None when nobody is to be invited now."""
        given = self.cleaned_data
        if not given.get("email"):
            return None
        return Invitee(
            email=given["email"],
            given_name=given["given_name"],
            family_name=given["family_name"],
            language=given.get("language") or "fi",
        )


def leader_role(kind: Kind) -> Role | None:
    """Return the role that leads a unit of the kind, None for a group."""
    return LEADER.get(kind)


class AcceptForm(forms.Form):
    """What a new user gives when accepting an invitation."""

    given_name = forms.CharField(
        label=_("Given name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
