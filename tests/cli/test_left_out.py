"""`plainview verify` of a dossier from which exhibits were left out, and which says so."""

from hashlib import sha256

import pytest

from plainview.cli import main
from plainview.core.audit.left_out import NAME

FILES = {
    "product.toml": """
name = "Fractal"
vendor = "Acme"
version = "2"
[[claim]]
id = "works"
says = "It works."
checks = ["efficacy.power"]
[[claim]]
id = "shared"
says = "Nothing is shared."
checks = ["exposure.rights"]
""",
    "plan.toml": 'checks = ["efficacy.power", "exposure.rights"]\n',
    "exhibits/policy.txt": "Families may see and correct what we keep. We delete it after one year.\n",
    "exhibits/study.toml": """
[study]
kind = "rct"
[[outcome]]
name = "fractions"
domain = "mathematics"
treated = { n = 400, mean = 52.1, sd = 10.2 }
control = { n = 405, mean = 48.3, sd = 10.0 }
""",
}


@pytest.fixture
def folder(tmp_path):
    """Reviewed whole; then the study is left out."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert main(["review", str(tmp_path)]) in (0, 3)
    study = tmp_path / "exhibits" / "study.toml"
    hashed = sha256(study.read_bytes()).hexdigest()
    study.unlink()
    (tmp_path / NAME).write_text(
        f'[[left_out]]\nfile = "exhibits/study.toml"\nsha256 = "{hashed}"\nwhy = "confidential"\n'
    )
    return tmp_path


def test_verify_says_which_checks_cannot_be_repeated_and_ends_with_3(folder, capsys):
    assert main(["verify", str(folder)]) == 3
    said = capsys.readouterr().out
    assert "exhibits/study.toml was left out (confidential)." in said
    assert "Cannot be repeated without what was left out: efficacy.power/1." in said
    assert "All else agrees" in said


def test_whoever_has_the_exhibit_repeats_all(folder, capsys):
    (folder / "exhibits" / "study.toml").write_text(FILES["exhibits/study.toml"])
    assert main(["verify", str(folder)]) == 0


def test_another_file_in_its_place_is_a_difference(folder, capsys):
    (folder / "exhibits" / "study.toml").write_text(FILES["exhibits/study.toml"].replace("400", "401"))
    assert main(["verify", str(folder)]) == 1


def test_another_hash_than_the_findings_have_is_a_difference(folder, capsys):
    told = folder / NAME
    told.write_text(told.read_text().replace('sha256 = "', 'sha256 = "0000')[:-1])
    assert main(["verify", str(folder)]) == 1


def test_what_rests_on_other_exhibits_is_compared_as_ever(folder, capsys):
    (folder / "exhibits" / "policy.txt").write_text("We keep everything for ever.\n")
    assert main(["verify", str(folder)]) == 1


def test_an_exhibit_that_is_absent_and_not_named_is_a_difference(folder, capsys):
    (folder / NAME).unlink()
    assert main(["verify", str(folder)]) == 1


def test_a_list_that_cannot_be_read_is_a_sentence(folder, capsys):
    (folder / NAME).write_text("[[left_out]]\nfile = 3\n")
    assert main(["verify", str(folder)]) == 2
    assert "left-out.toml: found" in capsys.readouterr().err


def test_what_was_left_out_is_nothing_that_whoever_looks_it_over_could_mend(folder, capsys):
    (folder / "exhibits" / "exhibits.toml").write_text('[[exhibit]]\nfile = "study.toml"\nkind = "study"\n')
    assert main(["dossier", "check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "exhibits/study.toml was left out (confidential)." in said and said.endswith("Nothing to mend.\n")
    (folder / NAME).unlink()
    assert main(["dossier", "check", str(folder)]) == 2
