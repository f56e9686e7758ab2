"""`plainview review`, `verify`, `ask` and `dossier`, as somebody at a shell meets them."""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.core.audit.conftest import FOUND, SILENT, answered, named

from plainview.cli import main
from plainview.core.audit import catalogue, review
from plainview.core.audit.check import Bearing

PRODUCT = """
name = "MathPath"
vendor = "Acme"
version = "4.2"
[[claim]]
id = "adapts"
says = "It adapts."
checks = ["adaptivity.log_test"]
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "dossier"
    (folder / "exhibits").mkdir(parents=True)
    (folder / "product.toml").write_text(PRODUCT)
    (folder / "plan.toml").write_text("seed = 7\n")
    (folder / "exhibits" / "log.csv").write_text("student,at,item,correct\nana,1,x,1\n")
    return folder


@pytest.fixture
def two(monkeypatch):
    """A catalogue of two checks: one that answers, one that cannot."""
    checks = (
        named("adaptivity.log_test/1", FOUND.question, answered(FOUND), adapts=Bearing.SUPPORTS),
        named("efficacy.rating/1", SILENT.question, answered(SILENT)),
    )
    catalogued(monkeypatch, *checks)


def catalogued(monkeypatch, *checks):
    found = {check.name: check for check in checks}
    monkeypatch.setattr(catalogue, "CHECKS", found)
    for function in (review.review, review.planned, catalogue.named, review.unknown_checks):
        monkeypatch.setitem(function.__kwdefaults__, "checks", found)


def test_a_review_writes_three_files_and_says_the_claims_first(folder, two, capsys):
    assert main(["review", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == [
        "MathPath, 4.2",
        "  supported: “It adapts.” " + FOUND.sentence,
    ]
    assert err.splitlines() == ["[1/2] adaptivity.log_test/1: adapts", "[2/2] efficacy.rating/1: cannot say"]
    assert {"findings.json", "report.html", "report.md"} <= {path.name for path in folder.iterdir()}


def test_twice_is_the_same_bytes(folder, two, capsys):
    main(["review", str(folder)])
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    main(["review", str(folder)])
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_where_nothing_can_be_answered_it_ends_with_3_and_still_reports(folder, monkeypatch, capsys):
    catalogued(monkeypatch, named("efficacy.rating/1", "Is it?", answered(SILENT)))
    assert main(["review", str(folder)]) == 3
    assert "It would need a study with a comparison group." in capsys.readouterr().out
    assert (folder / "report.html").exists()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--only", "fairness.guess"], "found the check 'fairness.guess'"),
        (["--draws", "99"], "--draws: found 99, expected 999 or more."),
    ],
)
def test_wrong_use_is_a_sentence_and_a_2(folder, two, words, fault, capsys):
    assert main(["review", str(folder), *words]) == 2
    assert fault in capsys.readouterr().err
    assert not (folder / "findings.json").exists()


def test_other_draws_are_told_in_the_report_and_known_to_verify(folder, two, capsys):
    assert main(["review", str(folder), "--draws", "1999"]) == 0
    assert "the plan says 999" in (folder / "report.md").read_text()
    assert main(["verify", str(folder)]) == 0


def test_verify_says_that_all_agrees(folder, two, capsys):
    main(["review", str(folder), "--only", "adaptivity"])
    capsys.readouterr()
    assert main(["verify", str(folder)]) == 0
    assert "numbers agree, and every sentence." in capsys.readouterr().out


def test_verify_names_what_differs_and_ends_with_1(folder, two, capsys):
    main(["review", str(folder)])
    path = folder / "findings.json"
    path.write_text(
        path.read_text().replace('"value": 0.091', '"value": 0.092').replace('"numpy": "', '"numpy": "1')
    )
    (folder / "exhibits" / "log.csv").write_text("student,at,item,correct\nana,1,x,0\n")
    capsys.readouterr()
    assert main(["verify", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "Made with numpy 1" in out
    assert "exhibits 1 (exhibits/log.csv), sha256: was" in out
    assert "effect, value: was 0.092, now is 0.091." in out
    assert out.splitlines()[-1] == "2 things differ."


@pytest.mark.parametrize("name", ["report.html", "report.md"])
def test_verify_holds_the_report_that_people_read_to_the_same_findings(folder, two, name, capsys):
    main(["review", str(folder), "--at", "2026-03-09"])
    assert main(["verify", str(folder)]) == 0
    report = (folder / name).read_text()
    (folder / name).write_text(report.replace("about 9 (7 to 11)", "about 90 (70 to 110)"))
    capsys.readouterr()
    assert main(["verify", str(folder)]) == 1
    assert f"{name}: not what these findings give." in capsys.readouterr().out
    (folder / name).unlink()
    assert main(["verify", str(folder)]) == 0


def test_verify_says_which_checks_of_the_plan_were_left_away(folder, two, capsys):
    """Whoever hands a finding on cannot leave away what speaks against it unseen."""
    main(["review", str(folder), "--only", "adaptivity"])
    capsys.readouterr()
    assert main(["verify", str(folder)]) == 0
    assert "The plan asks for these, and findings.json does not hold them: efficacy.rating/1." in (
        capsys.readouterr().out
    )


def test_of_many_differences_verify_says_where_they_come_from(folder, two, capsys):
    main(["review", str(folder)])
    path = folder / "findings.json"
    text = path.read_text()
    for was, now in (("0.091", "0.5"), ("0.07", "0.4"), ("0.11", "0.6"), ('"adapts"', '"no"')):
        text = text.replace(was, now)
    path.write_text(text)
    capsys.readouterr()
    assert main(["verify", str(folder)]) == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert "things differ: " in last and "adaptivity.log_test/1 (" in last


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "there is no such file"),
        ('{"format": "plainview.findings/1"}', "'checks': found nothing, expected a list."),
        ('{"format": "plainview.findings/1", "checks": [3]}', "checks 1: found 3, expected a table."),
        ("{", "found no JSON"),
        ("[" * 100_000, "found no JSON"),
        ("[]", "found another format"),
        ('{"format": "plainview.findings/0"}', "found another format"),
    ],
)
def test_verify_of_what_is_no_findings_is_a_sentence(folder, content, fault, capsys):
    if content is not None:
        (folder / "findings.json").write_text(content)
    assert main(["verify", str(folder)]) == 2
    assert fault in capsys.readouterr().err


def test_one_question_may_be_asked_of_files_that_lie_anywhere(folder, two, capsys):
    log = str(folder / "exhibits" / "log.csv")
    assert main(["ask", "adaptivity.log_test", log, "--groups", log]) == 0
    assert capsys.readouterr().out.splitlines() == [FOUND.question, "adapts. " + FOUND.sentence]
    assert main(["ask", "efficacy", log]) == 3
    assert main(["ask", "adaptivity", log, "--json"]) == 0
    out = capsys.readouterr().out
    told = json.loads(out[out.index("{") :])
    assert [one["kind"] for one in told["exhibits"]] == ["log"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["adaptivity"], "found no question or no file"),
        (["guess", "log.csv"], "found the check 'guess'"),
        (["adaptivity", "nowhere.csv"], "there is no such file"),
        (
            ["adaptivity", "adaptivity=big.csv"],
            "found 'adaptivity' before =, expected what the file is: one of log",
        ),
    ],
)
def test_asking_wrongly_is_a_sentence_and_a_2(two, words, fault, capsys):
    assert main(["ask", *words]) == 2
    assert fault in capsys.readouterr().err


def test_a_file_may_be_said_to_be_something(folder, two, capsys):
    log = folder / "exhibits" / "log.csv"
    assert main(["ask", "efficacy", f"study={log}", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["exhibits"][0]["kind"] == "study"


def test_rights_are_asked_of_a_file_that_is_called_rights(tmp_path, capsys):
    rights = tmp_path / "rights.toml"
    rights.write_text('[[right]]\nright = "access"\nasked_on = 2026-01-01\nanswered_on = 2026-01-03\n')
    assert main(["ask", "exposure.rights", str(rights)]) == 0
    assert "in time" in capsys.readouterr().out


def test_the_checks_are_listed_with_what_they_need(two, capsys):
    assert main(["ask", "--list"]) == 0
    assert (
        capsys.readouterr().out.splitlines()[0].startswith("adaptivity.log_test: Does the next item depend")
    )


def test_a_dossier_is_begun_looked_over_and_frozen(tmp_path, two, capsys):
    folder = str(tmp_path / "new")
    assert main(["dossier", "new", folder]) == 0
    assert main(["dossier", "new", folder]) == 2
    capsys.readouterr()
    assert main(["dossier", "check", folder]) == 2
    out = capsys.readouterr().out
    assert "product.toml, line 3, 'name': found the template's own words, expected the product's name." in out
    assert "exhibits/: nothing lies there yet" in out and out.endswith("7 to mend.\n")
    fill_in(Path(folder))
    assert main(["dossier", "check", folder]) == 0
    assert "Nothing to mend." in capsys.readouterr().out
    assert main(["dossier", "freeze", folder, "--at", "2026-03-09"]) == 0
    assert main(["review", folder]) == 0
    assert "frozen on 9 March 2026, before Plainview opened" in (tmp_path / "new" / "report.md").read_text()


def fill_in(folder: Path) -> None:
    """Every value that a person has to give, given."""
    for name in ("product.toml", "plan.toml"):
        lines = (folder / name).read_text().splitlines()
        wanted = ("name =", "vendor =", "version =", "about =", "says =", "where =", "why =")
        filled = [f'{line.partition("=")[0]}= "mine"' if line.startswith(wanted) else line for line in lines]
        (folder / name).write_text("\n".join(filled))


def test_a_plan_is_not_frozen_while_it_or_the_product_holds_what_is_to_be_mended(tmp_path, two, capsys):
    """A frozen plan cannot be mended any more; an exhibit can wait."""
    folder = tmp_path / "new"
    main(["dossier", "new", str(folder)])
    assert main(["dossier", "freeze", str(folder)]) == 2
    err = capsys.readouterr().err
    assert "plan.toml, line 8, 'why': found the template's own words" in err
    assert err.endswith("The plan was not frozen: mend this first.\n")
    fill_in(folder)
    (folder / "exhibits" / "exhibits.toml").write_text('[[exhibit]]\nfile = "gone.csv"\nkind = "log"\n')
    plan = (folder / "plan.toml").read_text()
    (folder / "plan.toml").write_text(plan.replace("checks = []", 'checks = ["fairness.guess"]'))
    assert main(["dossier", "freeze", str(folder)]) == 2
    assert "plan.toml, 'checks': found the check 'fairness.guess'" in capsys.readouterr().err
    assert not (folder / "plan.lock").exists()
    (folder / "plan.toml").write_text(plan)
    assert main(["dossier", "freeze", str(folder)]) == 0


@pytest.mark.parametrize("day", ["gestern", "2026-02-31", "20260309", "2026-W10-1", "2026-3-9", " "])
@pytest.mark.parametrize("words", [["review"], ["dossier", "freeze"]])
def test_a_day_is_a_day_of_the_calendar(folder, two, words, day, capsys):
    assert main([*words, str(folder), "--at", day]) == 2
    err = capsys.readouterr().err
    assert f"--at: found '{day}', expected a day of the calendar such as 2026-03-09." in err
    assert not {"findings.json", "plan.lock", "opened.json"} & {path.name for path in folder.iterdir()}


def test_looking_a_dossier_over_tells_what_is_to_be_mended_and_opens_no_exhibit(folder, two, capsys):
    (folder / "plan.toml").write_text('checks = ["fairness.guess"]\n')
    assert main(["dossier", "check", str(folder)]) == 2
    assert "plan.toml, 'checks': found the check 'fairness.guess'" in capsys.readouterr().out
    assert not (folder / "opened.json").exists()


def test_a_plan_that_is_frozen_after_a_review_is_told_as_such(folder, two, capsys):
    main(["review", str(folder)])
    assert main(["dossier", "freeze", str(folder)]) == 0
    assert "had been opened before: exhibits/log.csv" in capsys.readouterr().out
    main(["review", str(folder)])
    assert "after these exhibits had been opened" in (folder / "report.md").read_text()


def test_a_folder_that_cannot_be_written_to_says_so(folder, two, capsys):
    (folder / "out").write_text("a file")
    assert main(["review", str(folder), "--out", str(folder / "out")]) == 2
    assert "nothing can be written there" in capsys.readouterr().err


def test_saying_what_there_is_loads_none_of_the_checks():
    program = (
        "import sys, plainview.cli.ask as ask; ask._parser();"
        "ours = ('plainview.core.audit', 'plainview.core.dossier', 'numpy');"
        "heavy = {m for m in sys.modules if m.startswith(ours)};"
        "sys.exit(len(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=False).returncode == 0


def test_help_is_there_at_once():
    """.15 s of a processor, however many others use it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "plainview.cli", "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= 0.15


def test_a_review_of_some_checks_can_be_verified_though_a_claim_names_others(folder, capsys):
    assert main(["review", str(folder), "--only", "exposure.anonymity"]) in (0, 3)
    capsys.readouterr()
    assert main(["verify", str(folder)]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("words", [["review"], ["verify"], ["dossier", "check"], ["dossier", "new"]])
def test_a_file_where_a_folder_is_expected_is_told(tmp_path, words, capsys):
    (tmp_path / "dossier.txt").write_text("x")
    assert main([*words, str(tmp_path / "dossier.txt")]) == 2
    assert "dossier.txt: found a file, expected a" in capsys.readouterr().err


def test_a_packed_dossier_is_to_be_unpacked_first(tmp_path, capsys):
    (tmp_path / "dossier.zip").write_bytes(b"PK")
    assert main(["review", str(tmp_path / "dossier.zip")]) == 2
    assert "Unpack it, and name the folder that comes out." in capsys.readouterr().err


def test_a_dossier_where_a_file_is_expected_is_told_which_command_is_meant(folder, two, capsys):
    assert main(["ask", "adaptivity", str(folder)]) == 2
    assert f"plainview review {folder} --only adaptivity" in capsys.readouterr().err


@pytest.fixture
def read_only(monkeypatch):
    """Whoever runs tests may be allowed to write anywhere: so the folder itself refuses."""

    def read_only(folder: Path) -> None:
        def refuse(self, *args, **more):
            if folder in (self, *self.parents):
                raise OSError(30, "Read-only file system", str(self))
            return write_text(self, *args, **more)

        def refuse_dir(*args, dir=None, **more):
            if dir is not None and folder in (Path(dir), *Path(dir).parents):
                raise OSError(30, "Read-only file system", str(dir))
            return temporary(*args, dir=dir, **more)

        write_text, temporary = Path.write_text, tempfile.TemporaryFile
        monkeypatch.setattr(Path, "write_text", refuse)
        monkeypatch.setattr(tempfile, "TemporaryFile", refuse_dir)

    return read_only


def test_a_dossier_that_cannot_be_written_to_is_told_before_anything_is_asked(folder, two, read_only, capsys):
    read_only(folder)
    assert main(["review", str(folder)]) == 2
    out, err = capsys.readouterr()
    assert f"{folder}: nothing can be written there (Read-only file system). `--out FOLDER` writes" in err
    assert "[1/2]" not in err and out == ""
    assert main(["dossier", "freeze", str(folder)]) == 2
    assert "nothing can be written there (Read-only file system)" in capsys.readouterr().err


def test_one_that_is_only_read_is_reviewed_elsewhere_and_verified(folder, two, read_only, tmp_path, capsys):
    read_only(folder)
    out = tmp_path / "elsewhere"
    assert main(["review", str(folder), "--out", str(out)]) == 0
    assert "So opened.json does not say what was opened." in capsys.readouterr().err
    assert main(["verify", str(folder), "--findings", str(out / "findings.json")]) == 0


def test_one_who_stops_a_review_finds_what_was_there_before(folder, two, monkeypatch, capsys):
    main(["review", str(folder)])
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}

    def stop(dossier, progress):
        raise KeyboardInterrupt

    catalogued(monkeypatch, named("adaptivity.log_test/1", FOUND.question, stop))
    capsys.readouterr()
    assert main(["review", str(folder)]) == 130
    assert "Stopped: no report was written, and none that was there was changed." in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_disk_that_fills_up_leaves_the_report_that_was_there(folder, two, monkeypatch, capsys):
    main(["review", str(folder)])
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    write_text = Path.write_text

    def fill(self, text, **more):
        if self.name == "report.md":
            raise OSError(28, "No space left on device")
        return write_text(self, text, **more)

    monkeypatch.setattr(Path, "write_text", fill)
    assert main(["review", str(folder), "--at", "2026-03-09"]) == 2
    assert "nothing can be written there (No space left on device)" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    assert not [path for path in folder.iterdir() if path.name.startswith(".plainview-")]
