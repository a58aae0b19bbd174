"""The keys of the demo's indicators: rooms above link their measures to them by these."""

MFA = "tre-mfa"
ONE_ACCOUNT = "tre-one-account"
DEVICES = "tre-devices"
PRINTING = "tre-printing"
RESPONSES = "tre-responses"
BASIC_LEVEL = "tre-basic-level"
APPS = "tre-apps"
TRAININGS = "tre-trainings"
SPACES = "tre-spaces"
TEAM = "tre-team"
REGION_KEYS = (MFA, ONE_ACCOUNT, DEVICES, PRINTING, RESPONSES, BASIC_LEVEL, APPS, TRAININGS, SPACES, TEAM)
HELSINKI_BASIC_LEVEL = "hki-basic-level"
