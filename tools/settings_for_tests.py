"""The settings of the tests: the product's own, with a data folder of their own and nothing from outside.

Each test process gets an empty data folder that goes away with it, so that workers never meet. Only
DATABASE_URL is taken from the environment (`make test` sets it for PostgreSQL; otherwise SQLite in memory).
Background tasks stay with the real database backend: queuing is a row in the test's transaction.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in [name for name in os.environ if name.startswith("LUOTSI_")]:
    del os.environ[name]
# The workers of one run lie in the folder of the process that started them, which takes all away: a worker is
# ended without a chance to tidy up.
ALL_DATA = "TESTS_OF_LUOTSI"
DATA_OF_TESTS = Path(tempfile.mkdtemp(prefix="luotsi-test-", dir=os.environ.get(ALL_DATA)))
if ALL_DATA not in os.environ:
    os.environ[ALL_DATA] = str(DATA_OF_TESTS)
    atexit.register(shutil.rmtree, DATA_OF_TESTS, ignore_errors=True)
(DATA_OF_TESTS / "static").mkdir()
os.environ |= {"LUOTSI_DATA": str(DATA_OF_TESTS), "LUOTSI_DEMO": "1"}

from luotsi.config.settings import *  # noqa: E402, F403 - the tests run the product's settings, whatever they are
from luotsi.config.settings import INSTALLED_APPS, MIDDLEWARE, STORAGES  # noqa: E402 - after the environment

# A page that asks the same thing row by row raises, wherever a test opens it.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
if not os.environ.get("DATABASE_URL"):
    MIDDLEWARE = ["tools.one_at_a_time.OneAtATime", *MIDDLEWARE]
ZEAL_RAISE = True
ZEAL_SHOW_ALL_CALLERS = True
# By design each audit row locks the head of the chain anew: the next one waits for it.
# Allauth looks the same address up at several steps of one sign-in.
ZEAL_ALLOWLIST = [
    {"model": "base.AuditHead", "field": "get()"},
    {"model": "account.EmailAddress", "field": "get()"},
    # ... and at a sign-in whether each earlier session of the person is still open: a handful.
    {"model": "sessions.Session", "field": "get()"},
]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

# Tests read the language of the source; those about Finnish and Swedish ask for it.
LANGUAGE_CODE = "en"
