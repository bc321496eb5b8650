"""All settings, from the environment. `IR_INFO_MODE` is `demo` or `production`; production starts only when it is safe."""

import re
import sys
from pathlib import Path

import dj_database_url
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from ir_info import identity_providers

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = BASE_DIR / ".state"
env = environ.Env()

MODE = env.str("IR_INFO_MODE", "production")
if MODE not in ("demo", "production"):
    raise ImproperlyConfigured(f"IR_INFO_MODE is “{MODE}”: set it to demo or production.")
DEMO = MODE == "demo"
TESTING = "pytest" in sys.modules
LEAST_SECRET_LENGTH = 50

DEBUG = False
if not DEMO and env.bool("DEBUG", False):
    raise ImproperlyConfigured("DEBUG is set: production never runs with it. Unset DEBUG.")

SECRET_KEY = env.str("SECRET_KEY", "demo-only-" + "not-a-secret-" * 4 if DEMO else "")
if not DEMO and (
    len(SECRET_KEY) < LEAST_SECRET_LENGTH
    or len(set(SECRET_KEY)) < 5
    or SECRET_KEY.startswith("demo-only")
):
    raise ImproperlyConfigured(
        f"SECRET_KEY is missing or weak: set it to {LEAST_SECRET_LENGTH} or more random characters, for example from "
        '`python -c "import secrets; print(secrets.token_urlsafe(64))"`.'
    )

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"] if DEMO else []
)
if not DEMO and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is empty or “*”: set it to the site's own names, separated by commas."
    )
SITE_ADDRESS = env.str(
    "SITE_ADDRESS", "http://127.0.0.1:8000" if DEMO else "https://" + ALLOWED_HOSTS[0]
).rstrip("/")
"""Where the site stands, for absolute links in feeds, leaflets and e-mails."""

# Patient identifiers at rest: keys newest first, and the key of the hash that finds an NHS number again.
DEMO_IDENTIFIER_KEY = "ZGVtb25zdHJhdGlvbiBvbmx5LCBuZXZlciBhIHNlY3I="
DEMO_LOOKUP_KEY = "demo-only-lookup-key-never-a-secret"
IDENTIFIER_KEYS = env.list("IDENTIFIER_KEYS", default=[DEMO_IDENTIFIER_KEY] if DEMO else [])
LOOKUP_KEYS = env.list("LOOKUP_KEY", default=[DEMO_LOOKUP_KEY] if DEMO else [])
"""Newest first: the first makes hashes, all of them find; `rotate_lookup_key` moves every row to the first."""
if not IDENTIFIER_KEYS or not all(
    re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in IDENTIFIER_KEYS
):
    raise ImproperlyConfigured(
        "IDENTIFIER_KEYS is missing or malformed: set it to one or more url-safe base64 keys of 32 bytes, newest first, "
        "separated by commas. Make one with "
        '`python -c "import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())"`.'
    )
if not DEMO and (
    not LOOKUP_KEYS
    or min(len(key) for key in LOOKUP_KEYS) < 32
    or len(set(LOOKUP_KEYS)) < len(LOOKUP_KEYS)
    or DEMO_LOOKUP_KEY in LOOKUP_KEYS
    or DEMO_IDENTIFIER_KEY in IDENTIFIER_KEYS
):
    raise ImproperlyConfigured(
        "LOOKUP_KEY is missing, weak or given twice, or a demo key is set: give one key or more, newest first, separated by "
        "commas, each of 32 or more characters. Make one with "
        '`python -c "import secrets; print(secrets.token_urlsafe(64))"`.'
    )
ATTACHMENT_ROOT = Path(env.str("ATTACHMENT_ROOT", str(STATE_DIR / "attachments")))
"""Where files of referrals are kept, encrypted and under random names; no web server reads here."""
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", "")
"""Host and port of ClamAV's daemon, which then scans each file before it is kept. Empty: no scanner is joined."""
if CLAMAV_ADDRESS and not re.fullmatch(r"\S+:[0-9]{1,5}", CLAMAV_ADDRESS):
    raise ImproperlyConfigured("CLAMAV_ADDRESS must be a host and a port, like 127.0.0.1:3310.")
DOWNTIME_ROOT = Path(env.str("DOWNTIME_ROOT", str(STATE_DIR / "downtime")))
"""Where encrypted copies of the day's list are kept for an outage; better on another disk. No web server reads here."""

INSTALLED_APPS = [
    "ir_info.admin_site.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "ir_info",
    "procedures",
    "referrals",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "ir_info.middleware.SoundAddresses",
    "referrals.accounts.middleware.NeverStored",
    "ir_info.right_address.RightAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "referrals.accounts.middleware.SessionLimits",
    "referrals.accounts.middleware.SecondFactorRequired",
    "referrals.accounts.middleware.SentAgain",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "ir_info.urls"
WSGI_APPLICATION = "ir_info.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "ir_info.jinja.environment",
            "context_processors": ["ir_info.context.private_pages"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

DATABASES = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", f"sqlite:///{STATE_DIR / 'ir-info.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in attempts are counted here, so the limits hold across processes and machines.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that nobody can wash the counts out with others
    }
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Accounts: e-mail and password, always a second factor, no open sign-up. The rules are in referrals/accounts/.
AUTHENTICATION_BACKENDS = ["referrals.accounts.arriving.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/referrals/"
LOGOUT_REDIRECT_URL = "/accounts/login/?ended=signed-out"
PASSWORD_RESET_TIMEOUT = (
    3 * 24 * 60 * 60
)  # seconds; also how long the link to set a first password works
ACCOUNT_ADAPTER = "referrals.accounts.adapters.AccountAdapter"
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEMO else "https"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "account_request": "10/h/ip"}
ACCOUNT_FORMS = {
    "login": "referrals.accounts.sign_in_forms.SignInForm",
    "reauthenticate": "referrals.accounts.sign_in_forms.ConfirmPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int(
    "TRUSTED_PROXY_COUNT", 1 if env.bool("BEHIND_TLS_PROXY", False) else 0
)
MFA_ADAPTER = "referrals.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_TOLERANCE = 1  # time steps of 30 seconds either side
MFA_FORMS = {
    "authenticate": "referrals.accounts.sign_in_forms.SecondFactorForm",
    "reauthenticate": "referrals.accounts.sign_in_forms.ConfirmCodeForm",
    "activate_totp": "referrals.accounts.sign_in_forms.FirstCodeForm",
}
SOCIALACCOUNT_ADAPTER = "referrals.accounts.adapters.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": identity_providers.providers(env)}}

# Sessions. NHS England's own Django service uses the same limits (facts 5.4).
SESSION_IDLE_SECONDS = 15 * 60
SESSION_WARN_SECONDS = 13 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "built"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(STATE_DIR / "pictures")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a long page in the admin has over 1,000
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

OFFLINE_COPIES = env.bool("OFFLINE_COPIES", True)
"""Whether readers' browsers keep public pages for when they have no network. Off, what they kept is deleted."""

# Secure by default; demo mode runs on plain HTTP on this machine alone.
SECURE_SSL_REDIRECT = not DEMO and env.bool("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_TLS_PROXY", False) else None
)
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ir_info.views.csrf_failure"
SILENCED_SYSTEM_CHECKS: list[str] = []

# The page template of the design system has one inline script; it is allowed by its hash (tests hold it to the template).
TEMPLATE_SCRIPT_HASH = "'sha256-tDOvXJi1PXbg0CWjLCCYSNHRXtps26K4JXkE3M6u/c0='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, TEMPLATE_SCRIPT_HASH],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [
            SELF,
            *identity_providers.form_origins(SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
        ],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    "django.core.mail.backends.console.EmailBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_TIMEOUT = 10
"""Seconds: a mail server that hangs must not hold up the answer to a person."""
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "ir-info@localhost")

# Logs name addresses, never what a person typed: no query strings, no form values, no cookies.
LOG_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": LOG_LINE},
        "one_line": {"()": "ir_info.log_lines.OneLine", "format": LOG_LINE},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "stderr_one_line": {"class": "logging.StreamHandler", "formatter": "one_line"},
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {
            "handlers": ["stderr_one_line"],
            "level": "ERROR",
            "propagate": False,
        },
    },
}
