"""Letters are kept, one file each, until a mail server is named."""

import email
import stat

from django.core.mail import send_mail


def test_each_letter_is_a_file_of_its_own_for_its_owner_alone(settings, tmp_path):
    settings.EMAIL_BACKEND = "plainview.site.mail.OneFileALetter"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    for name in ("olu", "ola"):
        send_mail(
            "A condition is overdue", "Fractal: año", "desk@review.example", [f"{name}@district.example"]
        )
    letters = sorted((tmp_path / "mail").glob("*.eml"))
    read = [email.message_from_bytes(letter.read_bytes()) for letter in letters]
    assert {one["To"] for one in read} == {"olu@district.example", "ola@district.example"}
    assert read[0].get_payload(decode=True).decode() == "Fractal: año"
    assert {stat.S_IMODE(letter.stat().st_mode) for letter in letters} == {0o600}
    assert stat.S_IMODE((tmp_path / "mail").stat().st_mode) == 0o700
