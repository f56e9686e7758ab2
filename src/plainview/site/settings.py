"""Settings: one file. What an operator may set is read from the environment, once, parsed, refused aloud.

In:   PLAINVIEW_* variables, each documented in docs/settings.md (a test holds that).
Out:  Django's settings.
Not here: anything about a class; teachers set that on pages.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

HERE = Path(__file__).resolve().parent
SHORTEST_SECRET = 50  # what the framework itself calls long enough


def yes_or_no(raw: str) -> bool:
    if raw not in ("yes", "no"):
        raise ValueError("write yes or no")
    return raw == "yes"


def names_of_hosts(raw: str) -> list[str]:
    found = raw.replace(",", " ").split()
    if not found or any("/" in name for name in found):
        raise ValueError("write names such as plainview.school.example, without https://")
    return found


def faces(raw: str) -> tuple[str, ...]:
    found = tuple(raw.replace(",", " ").split())
    if not found or not set(found) <= {"classroom", "desk"}:
        raise ValueError("write classroom, desk, or both")
    return found


def small_number(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and int(raw) <= 9):
        raise ValueError("write a number from 0 to 9")
    return int(raw)


def address(raw: str) -> str:
    if raw and not raw.startswith(("https://", "http://")):
        raise ValueError("write an address that begins with https://")
    return raw


def post(raw: str) -> dict:
    """Where letters go: Django's settings for a folder, or for a mail server at smtp:// or smtps://."""
    if raw == "file":
        return {}
    at = urlsplit(raw)
    if at.scheme not in ("smtp", "smtps") or not at.hostname or at.path.strip("/") or at.query:
        raise ValueError("write file, or an address such as smtp://name:password@mail.example:587")
    is_whole = at.scheme == "smtps"
    return {
        "EMAIL_HOST": at.hostname,
        "EMAIL_PORT": at.port or (465 if is_whole else 587),
        "EMAIL_HOST_USER": unquote(at.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(at.password or ""),
        "EMAIL_USE_SSL": is_whole,
        # A mail server on this machine may speak plainly; nothing leaves it. Any other must not.
        "EMAIL_USE_TLS": not is_whole and at.hostname not in ("localhost", "127.0.0.1", "::1"),
    }


def mail_address(raw: str) -> str:
    name, _at, host = raw.rpartition("@")
    if not name or not host or any(sign.isspace() for sign in raw):
        raise ValueError("write an address such as desk@review.example")
    return raw


def name_of_an_office(raw: str) -> str:
    if not raw.strip() or len(raw) > 120:
        raise ValueError("write a name of at most 120 letters")
    return raw.strip()


def time_zone(raw: str) -> str:
    try:
        return ZoneInfo(raw).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise ValueError("write a time zone such as America/New_York") from fault


def long_secret(raw: str) -> str:
    if raw and len(raw) < SHORTEST_SECRET:
        raise ValueError(f"write {SHORTEST_SECRET} characters or more, drawn by chance")
    return raw


def read(name: str, default: str, parse=str, *, is_secret: bool = False):
    raw = os.environ.get(name, default)
    try:
        return parse(raw)
    except ValueError as fault:
        found = name if is_secret else f"{name}={raw!r}"
        raise ImproperlyConfigured(
            f"{found} cannot be used: {fault}. See docs/settings.md#{name.lower()}."
        ) from fault


HOME = read("PLAINVIEW_HOME", "var", Path).resolve()  # database, uploads and the secret live here
# A school may host the classroom alone, an independent body the desk alone.
FACES = read("PLAINVIEW_FACES", "classroom", faces)
DEMO = read("PLAINVIEW_DEMO", "no", yes_or_no)  # made-up people; sign-in links, on loopback only
HTTPS = read("PLAINVIEW_HTTPS", "no" if DEMO else "yes", yes_or_no)
PROXIES = read("PLAINVIEW_PROXIES", "1" if HTTPS else "0", small_number)  # of the school's own, in front
ALLOWED_HOSTS = read("PLAINVIEW_HOSTS", "127.0.0.1 localhost [::1]", names_of_hosts)
# Whoever runs a changed Plainview for children shows them the change: the address of *your* source.
SOURCE_URL = read("PLAINVIEW_SOURCE", "", address)
# Whoever publishes answers for it: this name stands on every published page.
OFFICE = read("PLAINVIEW_OFFICE", "A made-up desk" if DEMO else "Plainview desk", name_of_an_office)
DEBUG = False


def secret_key() -> str:
    """Made at the first start and kept beside the database, readable by its owner only."""
    HOME.mkdir(mode=0o700, parents=True, exist_ok=True)  # other accounts of the machine have no business here
    path = HOME / "secret"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = read("PLAINVIEW_SECRET", "", long_secret, is_secret=True) or secret_key()

CLASSROOM = [
    "plainview.classroom.day",
    "plainview.classroom.guidance",
    "plainview.classroom.plans",
    "plainview.classroom.evidence",
    "plainview.classroom.curriculum",
]
DESK = [
    "plainview.desk.public",
    "plainview.desk.register",
    "plainview.desk.kits",
    "plainview.desk.verdicts",
    "plainview.desk.experts",
    "plainview.desk.stories",
    "plainview.desk.background",
    "plainview.desk.reviews",
    "plainview.desk.published",
]
INSTALLED_APPS = [
    "plainview.site",
    *(CLASSROOM if "classroom" in FACES else []),
    *(DESK if "desk" in FACES else []),
    "plainview.lobby.people",
    "plainview.lobby.jobs",
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
    # Before sessions: who reads a public page is asked nothing and set nothing.
    *(["plainview.desk.published.door.PublicDoor"] if "desk" in FACES else []),
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
    "ENGINE": "plainview.site.sqlite",
    "NAME": HOME / "plainview.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "cached_statements": 32,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            # Without it, INSERT OR REPLACE drops a row past the triggers that refuse to drop rows.
            "PRAGMA recursive_triggers=ON; "
            # Eight connections, each with its own cache: small ones, and the system keeps the file at hand.
            # Larger ones, or the file mapped into memory, cost 25 MB and answered no quicker.
            "PRAGMA cache_size=-2000; PRAGMA temp_store=MEMORY;"
        ),
    },
}
DATABASES = {"default": SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Rate limits must hold across the server's processes, so they are counted in the database.
    "default": {
        "BACKEND": "plainview.site.counts.Counts",
        "LOCATION": "site_cache",
        # At the framework's 300, a school's morning (or a guesser) would push running counts out.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
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
ACCOUNT_PRESERVE_USERNAME_CASING = False  # kept in small letters, and found by the index
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "plainview.lobby.people.sign_in.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Wrong tries only. A school's adults may share one address; five for one name, then a wait of five minutes.
# "login" would count right ones, too: the library's 30 a minute and address is fewer than a school's staff.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "30/m/ip,5/5m/key"}
RATELIMIT_IP_META_KEY = "plainview.lobby.people.address.address_of"
MFA_ADAPTER = "plainview.lobby.people.sign_in.SecondFactor"
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
SESSION_ENGINE = "plainview.lobby.people.session"
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
    *(["plainview.classroom.evidence.upload.StopAtTooLarge"] if "classroom" in FACES else []),
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MEDIA_ROOT = HOME / "work"  # never served by path: evidence.views asks policy first

# --- letters -------------------------------------------------------------------------------------------
# A classroom sends none: nothing leaves the building. A desk writes to the districts that asked it to.
MAIL = read("PLAINVIEW_MAIL", "file", post, is_secret=True)  # its address may hold a password
MAIL_FROM = read("PLAINVIEW_MAIL_FROM", "desk@localhost", mail_address)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
EMAIL_TIMEOUT = 20  # seconds
EMAIL_FILE_PATH = HOME / "mail"
if "desk" not in FACES:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
elif MAIL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(MAIL)
else:
    EMAIL_BACKEND = "plainview.site.mail.OneFileALetter"

# --- words ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# A language is offered once its words are here: else a page would call English words Spanish.
LOCALE_PATHS = [HERE / "locale"]
LANGUAGES = [("en", "English"), ("es", "Español")]  # each by its own name, to be found by who reads it
FORMAT_MODULE_PATH = ["plainview.site.locale", "plainview.site.dates"]
TIME_ZONE = read("PLAINVIEW_TIME_ZONE", "America/New_York", time_zone)
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_MAX_AGE = 31_536_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHERE_PEOPLE_WRITE = {"without_tellers": {"()": "plainview.desk.stories.quiet.WithoutTellers"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "without_badges": {"()": "plainview.lobby.people.quiet.WithoutBadges"},
        "without_asking_again": {"()": "plainview.lobby.people.quiet.WithoutAskingAgain"},
        **(WHERE_PEOPLE_WRITE if "desk" in FACES else {}),
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": [
                *(WHERE_PEOPLE_WRITE if "desk" in FACES else []),
                "without_asking_again",
                "without_badges",
            ],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
# The database cache counts without a lock: a limit may be passed by one or two in a race, which is bearable.
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]
