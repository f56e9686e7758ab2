"""Settings: one file. What an operator may set is read from the environment, once, parsed, refused aloud.

In:   PLAINVIEW_* variables, each documented in docs/settings.md (a test holds that).
Out:  Django's settings.
Not here: anything about a class; teachers set that on pages.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).resolve().parent


def yes_or_no(raw: str) -> bool:
    if raw not in ("yes", "no"):
        raise ValueError("write yes or no")
    return raw == "yes"


def words(raw: str) -> list[str]:
    return raw.replace(",", " ").split()


def read(name: str, default: str, parse=str):
    raw = os.environ.get(name, default)
    try:
        return parse(raw)
    except ValueError as fault:
        raise ImproperlyConfigured(
            f"{name}={raw!r} cannot be used: {fault}. See docs/settings.md#{name.lower()}."
        ) from fault


HOME = read("PLAINVIEW_HOME", "var", Path).resolve()  # database, uploads and the secret live here
DEMO = read("PLAINVIEW_DEMO", "no", yes_or_no)  # made-up people; sign-in links, on loopback only
HTTPS = read("PLAINVIEW_HTTPS", "no" if DEMO else "yes", yes_or_no)
ALLOWED_HOSTS = read("PLAINVIEW_HOSTS", "127.0.0.1 localhost [::1]", words)
# Whoever runs a changed Plainview for children shows them the change: the address of *your* source.
SOURCE_URL = read("PLAINVIEW_SOURCE", "")
DEBUG = False


def secret_key() -> str:
    """Made at the first start and kept beside the database, readable by its owner only."""
    HOME.mkdir(parents=True, exist_ok=True)
    path = HOME / "secret"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = os.environ.get("PLAINVIEW_SECRET") or secret_key()

INSTALLED_APPS = [
    "plainview.site",
    "plainview.classroom.day",
    "plainview.classroom.guidance",
    "plainview.classroom.plans",
    "plainview.classroom.evidence",
    "plainview.classroom.curriculum",
    "plainview.lobby.people",
    "plainview.lobby.ledger",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_ratelimit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "plainview.lobby.people.door.PersonMiddleware",
]

ROOT_URLCONF = "plainview.site.urls"
WSGI_APPLICATION = "plainview.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plainview.site.frame.frame",
            ],
        },
    }
]

# --- the database --------------------------------------------------------------------------------------
# Write-ahead log, one writer that says so at once (IMMEDIATE), and a wait instead of an error: without
# these, concurrent answers end in "database is locked". Figures in docs/performance.md.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "plainview.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            # Without it, INSERT OR REPLACE drops a row past the triggers that refuse to drop rows.
            "PRAGMA recursive_triggers=ON; "
            "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
        ),
    },
}
DATABASES = {"default": SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Rate limits must hold across the server's processes, so they are counted in the database.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "site_cache"}
}

# --- signing in ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["plainview.lobby.people.sign_in.AdultBackend"]
PASSWORD_HASHERS = ["plainview.lobby.people.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("sign_in_name", "given_name", "family_name", "email")},
    },
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "sign_in_name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "plainview.lobby.people.sign_in.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Plainview"

# --- safe by default -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60  # a long school day; a shared device is signed out overnight
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "plainview.classroom.evidence.upload.StopAtTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MEDIA_ROOT = HOME / "work"  # never served by path: evidence.views asks policy first
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing leaves the building

# --- words ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = read("PLAINVIEW_TIME_ZONE", "America/New_York")
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_MAX_AGE = 31_536_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
# The database cache counts without a lock: a limit may be passed by one or two in a race, which is bearable.
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]
