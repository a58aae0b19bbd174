"""What each room offers to the floors above it, and who is asked: a new room adds its lines here, nothing else."""

LUOTSI_ROOMS = [
    "luotsi.people",
    "luotsi.indicators",
    "luotsi.questionnaires",
    "luotsi.programme",
    "luotsi.funding",
    "luotsi.learning",
    "luotsi.reports",
]
LUOTSI_DEEDS = [f"{room}.rules.deeds.DEEDS" for room in LUOTSI_ROOMS]
LUOTSI_NAVIGATION = [
    "luotsi.workspace.queries.home_entry",
    "luotsi.programme.queries.menu.menu_entry",
    "luotsi.funding.queries.menu.menu_entry",
    "luotsi.learning.queries.menu.menu_entry",
    "luotsi.questionnaires.queries.collections.menu_entry",
    "luotsi.reports.queries.reports.menu_entry",
    "luotsi.people.queries.menu_entry",
]
LUOTSI_WAITING = [
    "luotsi.people.waiting.tasks_for",
    "luotsi.indicators.waiting.tasks_for",
    "luotsi.questionnaires.waiting.tasks_for",
    "luotsi.programme.waiting.tasks_for",
    "luotsi.funding.waiting.tasks_for",
    "luotsi.learning.waiting.tasks_for",
    "luotsi.reports.waiting.tasks_for",
]
LUOTSI_SEARCH = [
    "luotsi.people.queries.found_by",
    "luotsi.indicators.queries.search.found_by",
    "luotsi.programme.queries.menu.found_by",
    "luotsi.funding.queries.search.found_by",
]
LUOTSI_REFERENCE = [
    "luotsi.people.actions.reference.load_reference",
    "luotsi.indicators.actions.reference.load_reference",
    "luotsi.learning.actions.reference.load_reference",
]
LUOTSI_DAILY = [
    "luotsi.base.housekeeping.forget_daily",
    "luotsi.people.actions.forgetting.forget_daily",
    "luotsi.indicators.actions.forecasts.keep_daily",
    "luotsi.questionnaires.actions.forgetting.forget_daily",
    "luotsi.programme.actions.reminders.remind_daily",
    "luotsi.funding.actions.reminders.remind_daily",
    "luotsi.learning.actions.scoring.score_daily",
    "luotsi.learning.actions.forgetting.forget_daily",
    "luotsi.learning.actions.watching.watch_daily",
]
LUOTSI_SWEEPS = [
    "luotsi.learning.actions.demo.going_on.sweep",
    "luotsi.questionnaires.actions.surveys.going_on.sweep",
    "luotsi.funding.actions.deciding.going_on.sweep",
    "luotsi.learning.actions.intake.jobs.sweep",
]
LUOTSI_BACKGROUND = [
    "luotsi.questionnaires.actions.surveys.going_on.go_on",
    "luotsi.funding.actions.deciding.going_on.go_on",
    "luotsi.learning.actions.intake.jobs.go_on",
    "luotsi.learning.actions.demo.going_on.go_on",
    "luotsi.learning.actions.models.learn_model",
]
LUOTSI_FORGETTING = [
    "luotsi.people.actions.forgetting.forgotten",
    "luotsi.questionnaires.actions.forgetting.forgotten",
    "luotsi.learning.actions.forgetting.forgotten",
]
LUOTSI_OWN_DATA = ["luotsi.learning.queries.own_data.own_data"]
LUOTSI_DEMO_PEOPLE = "luotsi.people.queries.demo.demo_people"
LUOTSI_FACTS = [
    "luotsi.people.facts.fact_tables",
    "luotsi.questionnaires.facts.fact_tables",
    "luotsi.programme.facts.fact_tables",
    "luotsi.learning.facts.fact_tables",
]
LUOTSI_INDICATOR_USES = ["luotsi.programme.queries.uses.uses_of"]
LUOTSI_CLOCK_DAYS = ["luotsi.funding.queries.clock_days.clock_days"]
LUOTSI_DEMO_STEPS = [
    "luotsi.indicators.actions.demo",
    "luotsi.questionnaires.actions.demo",
    "luotsi.programme.actions.demo",
    "luotsi.funding.actions.demo",
    "luotsi.funding.actions.demo.grants",
    "luotsi.funding.actions.demo.city",
    "luotsi.funding.actions.demo.scored",
    "luotsi.funding.actions.demo.spending",
    "luotsi.funding.actions.demo.reporting",
    "luotsi.funding.actions.demo.decided",
    "luotsi.learning.actions.demo",
    "luotsi.reports.actions.demo",
]
# Forms of the sign-in pages, by the names that allauth gives them.
ACCOUNT_FORMS = {
    "login": "luotsi.people.forms.accounts.SignInForm",
    "reauthenticate": "luotsi.people.forms.accounts.ReauthenticateForm",
    "add_email": "luotsi.people.forms.accounts.AddAddressForm",
    "change_password": "luotsi.people.forms.accounts.ChangePasswordForm",
    "set_password": "luotsi.people.forms.accounts.SetPasswordForm",
    "reset_password": "luotsi.people.forms.accounts.AskResetForm",
    "reset_password_from_key": "luotsi.people.forms.accounts.ResetPasswordForm",
}
MFA_FORMS = {
    "authenticate": "luotsi.people.forms.accounts.CodeForm",
    "reauthenticate": "luotsi.people.forms.accounts.ReauthenticateCodeForm",
    "authenticate_webauthn": "luotsi.people.forms.accounts.PasskeyForm",
    "reauthenticate_webauthn": "luotsi.people.forms.accounts.ReauthenticatePasskeyForm",
    "activate_totp": "luotsi.people.forms.accounts.AddAppForm",
    "add_webauthn": "luotsi.people.forms.accounts.AddPasskeyForm",
    "edit_webauthn": "luotsi.people.forms.accounts.RenamePasskeyForm",
}
