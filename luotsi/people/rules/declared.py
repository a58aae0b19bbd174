"""What this room keeps of persons, why and for how long."""

from luotsi.base.declarations import PersonalData
from luotsi.base.declarations import marked as _

PERSONAL_DATA = (
    PersonalData(
        title=_("Persons"),
        what=_("Names, e-mail address, language and, where given, the national identifier."),
        model="people.Person",
        fields=("account", "given_name", "family_name", "email", "oid", "language"),
        purpose=_("Tells who holds a role, and where to send invitations and reminders."),
        basis=_("GDPR art. 6(1)(e); Basic Education Act 628/1998 §40"),
        retention=_("Until 12 months after the last role has ended."),
    ),
    PersonalData(
        title=_("Accounts"),
        what=_("E-mail address, time of the last sign-in and a digest of the password."),
        model="people.Account",
        fields=("email", "last_login"),
        purpose=_("Signing in."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("Until 12 months after the last role has ended."),
    ),
    PersonalData(
        title=_("Roles"),
        what=_("Who has which role where, and from when to when."),
        model="people.RoleAssignment",
        fields=("person", "role", "unit", "valid_from", "valid_to", "given_by"),
        purpose=_("Decides what a person may see and do."),
        basis=_("GDPR art. 6(1)(e), 32"),
        retention=_("Five years after the role has ended, to explain past decisions."),
    ),
    PersonalData(
        title=_("Invitations"),
        what=_("The name and address of somebody invited to a role."),
        model="people.Invitation",
        fields=("email", "given_name", "family_name", "invited_by", "accepted_by"),
        purpose=_("Lets an invited person take a role."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("90 days after it was accepted, withdrawn or expired."),
    ),
    PersonalData(
        title=_("Imports of units"),
        what=_("Who sent which file and when, and the rows of the file."),
        model="people.UnitImport",
        fields=("uploaded_by",),
        purpose=_("Shows who imported units."),
        basis=_("GDPR art. 6(1)(e)"),
        retention=_("As long as the units are kept."),
    ),
    PersonalData(
        title=_("Sign-in details"),
        what=_("Confirmed addresses, passkeys, authenticator app, recovery codes and linked identities."),
        model="account.EmailAddress",
        fields=("email",),
        purpose=_("Signing in."),
        basis=_("GDPR art. 6(1)(e), 32"),
        retention=_("As long as the account."),
    ),
    PersonalData(
        title=_("Sessions"),
        what=_("Device, network address and times of each sign-in that is still open."),
        model="usersessions.UserSession",
        fields=("ip", "user_agent", "last_seen_at"),
        purpose=_("Lets the owner see and end open sessions."),
        basis=_("GDPR art. 6(1)(e), 32"),
        retention=_("Until the session ends."),
    ),
)
