"""Every setting, read from the environment once; `docs/operations.md` explains each in a table."""

import os
from pathlib import Path

import dj_database_url
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from luotsi.config.env import flag, lines, number, oidc_apps, secret_key, source_checkout
from luotsi.config.offers import *  # noqa: F403 - the lists of what rooms offer are settings too

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("LUOTSI_DATA") or source_checkout(PACKAGE) or Path.home() / ".local/share/luotsi")
DEBUG = flag("LUOTSI_DEBUG")
DEMO = flag("LUOTSI_DEMO")
LUOTSI_DEMO_LEARNERS = number("LUOTSI_DEMO_LEARNERS", 7500)
SECRET_KEY = secret_key(DATA, insecure_is_fine=DEBUG or DEMO)
SITE_URL = (os.environ.get("LUOTSI_SITE_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or 8000}").rstrip("/")
ALLOWED_HOSTS = lines("LUOTSI_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "luotsi.base",
    "luotsi.ui",
    "luotsi.people",
    "luotsi.indicators",
    "luotsi.questionnaires",
    "luotsi.programme",
    "luotsi.funding",
    "luotsi.learning",
    "luotsi.reports",
    "luotsi.workspace",
    "django_htmx",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "luotsi.base.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "luotsi.base.middleware.permissions_policy",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "luotsi.base.middleware.database_at_hand",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "luotsi.people.middleware.sign_in",
    "django.contrib.messages.middleware.MessageMiddleware",
    "luotsi.ui.middleware.only_for_forms_in_words",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "luotsi.people.adapters.activity.session_activity",
    "luotsi.people.middleware.scope",
]

ROOT_URLCONF = "luotsi.config.urls"
WSGI_APPLICATION = "luotsi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luotsi.workspace.views.shell",
            ],
            "builtins": ["luotsi.ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'luotsi.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "base_cache"},
    "charts": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache" / "charts",
        "TIMEOUT": 30 * 24 * 3600,
    },
    # Protected figures under a key over all that they are made of: nothing in it can be out of date.
    "figures": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache" / "figures",
        "TIMEOUT": 30 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["luotsi.people.adapters.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:enter"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "luotsi.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A whole school shares one address on the net, so limits per address are wide and limits per account narrow.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/300s/key", "reset_password": "60/m/ip,5/m/key"}
SOCIALACCOUNT_ADAPTER = "luotsi.people.adapters.IdentityAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": oidc_apps()}}
MFA_ADAPTER = "luotsi.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Luotsi"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
MFA_ALLOW_UNVERIFIED_EMAIL = True  # so that an address can be changed without taking second factors off first
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
USERSESSIONS_TRACK_ACTIVITY = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("LUOTSI_BEHIND_PROXY") else 0

# Mail goes to the outbox in the same transaction; the worker hands it on through "delivery".
DEFAULT_FROM_EMAIL = os.environ.get("LUOTSI_MAIL_FROM", "Luotsi <luotsi@localhost>")
MAIL_HOST = os.environ.get("LUOTSI_MAIL_HOST", "")
MAIL_FOLDER = DATA / "mail"
MAILERS = {
    "default": {"BACKEND": "luotsi.base.mail.OutboxBackend"},
    "delivery": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": MAIL_HOST,
            "port": number("LUOTSI_MAIL_PORT", 587),
            "username": os.environ.get("LUOTSI_MAIL_USER", ""),
            "password": os.environ.get("LUOTSI_MAIL_PASSWORD", ""),
            "use_tls": not flag("LUOTSI_MAIL_PLAIN"),
            "timeout": 20,
        },
    }
    if MAIL_HOST
    else {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": MAIL_FOLDER},
    },
}

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["luotsi.ui.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# Security. Everything is on unless the site is plainly served on this machine.
HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("LUOTSI_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF, *(app["origin"] for app in oidc_apps())],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = number("LUOTSI_SESSION_HOURS", 12) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "luotsi.ui.errors.form_expired"
DATABASE_AWAY_VIEW = "luotsi.ui.errors.database_away"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # all pages of a long questionnaire stand on one when that is chosen
DATA_UPLOAD_MAX_NUMBER_FILES = 5
UPLOAD_LIMIT = number("LUOTSI_UPLOAD_MB", 20) * 1024 * 1024
SCANNER = os.environ.get("LUOTSI_SCANNER", "")  # looks at files that answer questions before they are kept
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LUOTSI_LOG_LEVEL", "WARNING")},
}
