"""What an operator may set: each is documented, and what cannot be used is refused with a sentence."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from plainview.site import settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "settings.md").read_text()
CODE = Path(settings.__file__).read_text()
READ = re.findall(r'read\(\s*"(PLAINVIEW_\w+)"', CODE)


def test_every_setting_that_is_read_is_documented_and_every_documented_one_is_read():
    assert len(READ) > 5
    assert sorted(READ) == sorted(re.findall(r"^## (\w+)$", PAGE, re.MULTILINE))


def test_nothing_is_read_past_the_one_reader():
    assert CODE.count("os.environ") == 1


BAD = [
    ("PLAINVIEW_HTTPS", "maybe", settings.yes_or_no, "write yes or no"),
    ("PLAINVIEW_PROXIES", "many", settings.small_number, "write a number from 0 to 9"),
    ("PLAINVIEW_HOSTS", "https://school.example", settings.names_of_hosts, "without https://"),
    ("PLAINVIEW_HOSTS", " , ", settings.names_of_hosts, "write names"),
    ("PLAINVIEW_SOURCE", "javascript:alert(1)", settings.address, "begins with https://"),
    ("PLAINVIEW_FACES", "shop", settings.faces, "write classroom, desk, or both"),
    ("PLAINVIEW_FACES", " ", settings.faces, "write classroom, desk, or both"),
    ("PLAINVIEW_MAIL", "mail.example", settings.post, "write file, or an address such as smtp://"),
    ("PLAINVIEW_MAIL", "https://mail.example", settings.post, "write file, or an address such as smtp://"),
    ("PLAINVIEW_MAIL_FROM", "the desk", settings.mail_address, "such as desk@review.example"),
    ("PLAINVIEW_TIME_ZONE", "Springfield", settings.time_zone, "such as America/New_York"),
    ("PLAINVIEW_TIME_ZONE", "../etc/passwd", settings.time_zone, "such as America/New_York"),
]


@pytest.mark.parametrize(("name", "raw", "parse", "says"), BAD)
def test_a_value_that_cannot_be_used_says_what_to_write_and_where_to_read(
    name, raw, parse, says, monkeypatch
):
    monkeypatch.setenv(name, raw)
    with pytest.raises(ImproperlyConfigured) as refused:
        settings.read(name, "", parse)
    said = str(refused.value)
    assert said.startswith(f"{name}={raw!r} cannot be used: ")
    assert says in said
    assert said.endswith(f"See docs/settings.md#{name.lower()}.")


def test_a_secret_that_is_too_short_is_refused_and_never_repeated(monkeypatch):
    monkeypatch.setenv("PLAINVIEW_SECRET", "hush")
    with pytest.raises(ImproperlyConfigured) as refused:
        settings.read("PLAINVIEW_SECRET", "", settings.long_secret, is_secret=True)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    ("raw", "parse", "value"),
    [
        ("no", settings.yes_or_no, False),
        ("a.example, b.example", settings.names_of_hosts, ["a.example", "b.example"]),
        ("2", settings.small_number, 2),
        ("", settings.address, ""),
        ("classroom, desk", settings.faces, ("classroom", "desk")),
        ("file", settings.post, {}),
        ("desk@review.example", settings.mail_address, "desk@review.example"),
        ("Europe/Lisbon", settings.time_zone, "Europe/Lisbon"),
    ],
)
def test_what_can_be_used_is_used(raw, parse, value):
    assert parse(raw) == value


@pytest.fixture
def started(tmp_path):
    """The settings as a real school's server reads them, in a process of its own."""

    def start(ask: str, **variables: str) -> str:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PLAINVIEW_", "DJANGO_"))}
        done = subprocess.run(
            [sys.executable, "-c", f"from plainview.site import settings as s; print({ask})"],
            env=clean | {"PLAINVIEW_HOME": str(tmp_path / "home")} | variables,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    return start


def test_a_school_that_sets_nothing_is_closed(started):
    assert started("s.HTTPS, s.DEMO, s.DEBUG, s.PROXIES") == "True False False 1"
    cookies = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY"
    assert started(f"{cookies}, s.SECURE_SSL_REDIRECT") == "True True True True"


def test_the_secret_is_made_once_and_is_its_owners_alone(started, tmp_path):
    first, second = started("s.SECRET_KEY"), started("s.SECRET_KEY")
    assert first == second
    assert len(first) >= settings.SHORTEST_SECRET
    assert stat.S_IMODE((tmp_path / "home" / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_a_classroom_alone_sends_no_letters_and_a_desk_keeps_them_until_it_has_a_server(started):
    smtp = "smtps://desk:se%40cret@mail.example"
    asked = "s.EMAIL_BACKEND.rsplit('.', 2)[-2:]"
    assert started(asked, PLAINVIEW_MAIL=smtp) == "['dummy', 'EmailBackend']"
    assert started(asked, PLAINVIEW_FACES="desk") == "['mail', 'OneFileALetter']"
    assert started(asked, PLAINVIEW_FACES="desk", PLAINVIEW_MAIL=smtp) == "['smtp', 'EmailBackend']"


@pytest.mark.parametrize(
    ("raw", "host", "port", "is_whole", "is_raised"),
    [
        ("smtps://desk:se%40cret@mail.example", "mail.example", 465, True, False),
        ("smtp://desk:se%40cret@mail.example", "mail.example", 587, False, True),
        ("smtp://desk:se%40cret@mail.example:2525", "mail.example", 2525, False, True),
        ("smtp://desk:se%40cret@localhost:25", "localhost", 25, False, False),
    ],
)
def test_a_mail_server_elsewhere_is_never_spoken_to_plainly(raw, host, port, is_whole, is_raised):
    made = settings.post(raw)
    assert (made["EMAIL_HOST"], made["EMAIL_PORT"]) == (host, port)
    assert (made["EMAIL_USE_SSL"], made["EMAIL_USE_TLS"]) == (is_whole, is_raised)
    assert (made["EMAIL_HOST_USER"], made["EMAIL_HOST_PASSWORD"]) == ("desk", "se@cret")


def test_a_password_for_the_mail_is_never_repeated(monkeypatch):
    monkeypatch.setenv("PLAINVIEW_MAIL", "smpt://desk:hush@mail.example")
    with pytest.raises(ImproperlyConfigured) as refused:
        settings.read("PLAINVIEW_MAIL", "file", settings.post, is_secret=True)
    assert "hush" not in str(refused.value)


def test_the_content_policy_lets_nothing_in_that_is_not_ours():
    sources = {s for values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for s in values}
    assert sources == {"'none'", "'self'", "data:"}
    assert "data:" not in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]


def test_a_language_is_offered_only_where_its_words_are():
    """Else a page would call English words Spanish, and a screen reader would read them so."""
    for code, _name in settings.LANGUAGES:
        assert code == "en" or (settings.HERE / "locale" / code / "LC_MESSAGES" / "django.mo").exists()


def test_the_shell_says_it_in_one_line_and_shows_no_code(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "plainview.cli", "serve"],
        env=os.environ | {"PLAINVIEW_HTTPS": "maybe", "DJANGO_SETTINGS_MODULE": "plainview.site.settings"},
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    said = "PLAINVIEW_HTTPS='maybe' cannot be used: write yes or no. See docs/settings.md#plainview_https."
    assert (done.returncode, done.stderr.strip()) == (2, said)
