"""The site's settings, made quick and closed for tests: a throwaway home, plain http, one fast hasher."""

import os
import tempfile

os.environ.setdefault("PLAINVIEW_HOME", tempfile.mkdtemp(prefix="plainview-test-"))
os.environ.setdefault("PLAINVIEW_HTTPS", "no")
os.environ.setdefault("PLAINVIEW_DEMO", "yes")

from plainview.site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
