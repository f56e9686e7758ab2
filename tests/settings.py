"""The site's settings, made quick and closed for tests: a throwaway home, plain http, one fast hasher."""

import os
import tempfile

if "PLAINVIEW_HOME" not in os.environ:
    home = tempfile.TemporaryDirectory(prefix="plainview-test-")  # goes when the tests end
    os.environ["PLAINVIEW_HOME"] = home.name
os.environ.setdefault("PLAINVIEW_HTTPS", "no")
os.environ.setdefault("PLAINVIEW_DEMO", "yes")
os.environ.setdefault("PLAINVIEW_FACES", "classroom desk")

from plainview.site.settings import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - or each client warns that it is not there
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Each process of the test runner has its own, in memory; the runner knows that of Django's own engine alone.
DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
