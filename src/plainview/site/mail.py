"""Letters kept in a folder, one file each, until somebody names a mail server.

In:   a letter.
Out:  a file of its own under ``PLAINVIEW_HOME/mail``, as a mail program can open it.
Not here: sending. See PLAINVIEW_MAIL in docs/settings.md.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class OneFileALetter(BaseEmailBackend):
    def send_messages(self, letters: Sequence[EmailMessage]) -> int:
        for letter in letters:
            _keep(Path(settings.EMAIL_FILE_PATH), letter.message().as_bytes(linesep="\r\n"))
        return len(letters)


def _keep(folder: Path, letter: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{timezone.now():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.eml"
    # To whom a letter goes is nobody's business on this machine but the operator's.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(letter)
