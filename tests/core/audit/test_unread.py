"""One exhibit that cannot be read silences no other, and every answer says what is not in it."""

import gzip
import json

import pytest

from plainview.cli.simulate_product import answer as simulate_product
from plainview.core.audit.report.markdown import markdown
from plainview.core.audit.report.page import page_of
from plainview.core.audit.review import review
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.folder import open_dossier
from plainview.core.finding import Finding

LEFT = "exhibits/{} could not be opened and is not in this answer"
OF_LOGS = (
    "adaptivity.differentiation",
    "adaptivity.wheel_spinning",
    "fairness.over_practice",
    "soundness.pool",
)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    where = tmp_path_factory.mktemp("log")
    simulate_product(["one-step", str(where / "log.csv"), "--students", "120", "--seed", "2"])
    return where


@pytest.fixture
def folder(tmp_path, log):
    (tmp_path / "dossier" / "exhibits").mkdir(parents=True)
    (tmp_path / "dossier" / "product.toml").write_text('name = "p"\nvendor = "v"\nversion = "1"\n')
    exhibits = tmp_path / "dossier" / "exhibits"
    (exhibits / "log-good.csv").write_bytes((log / "log.csv").read_bytes())
    (exhibits / "groups.csv").write_bytes((log / "log.groups.csv").read_bytes())
    return tmp_path / "dossier"


def asked(folder, *checks):
    made = open_dossier(folder, aside=folder.parent / "aside")
    return review(made, only=checks)


BROKEN = {
    "log-packed.csv.gz": b"no packed file at all",
    "log-cut.csv.gz": gzip.compress(b"student,at,item,correct\n" * 900)[:60],
    "log-other.csv": b"who,what\n1,2\n",
    "log-empty.csv": b"",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_log_that_cannot_be_read_leaves_the_others_answered_and_is_named(folder, name):
    (folder / "exhibits" / name).write_bytes(BROKEN[name])
    found = asked(folder, *OF_LOGS)
    for one in found.asked:
        answered = [answer for answer in one.answers if isinstance(answer, Finding)]
        assert answered, one.answers
        assert all(LEFT.format(name) in answer.said for answer in answered), one.check.name


@pytest.mark.parametrize("name", BROKEN)
def test_why_a_log_could_not_be_read_is_told_once_with_its_place(folder, name):
    (folder / "exhibits" / name).write_bytes(BROKEN[name])
    found = asked(folder, *OF_LOGS)
    told = [one for one in found.told if one.startswith(f"exhibits/{name}")]
    assert told and len(set(told)) == len(told)
    assert str(folder) not in markdown(page_of(found, made_with={}))
    assert told[0].rstrip(".") in markdown(page_of(found, made_with={}))


def test_where_no_log_can_be_read_nothing_is_said_of_logs(folder):
    (folder / "exhibits" / "log-good.csv").write_bytes(BROKEN["log-other.csv"])
    for one in asked(folder, *OF_LOGS).asked:
        assert all(isinstance(answer, CannotSay) for answer in one.answers), one.check.name
        assert "log-good.csv" in one.answers[0].reason


def test_answers_to_a_test_stand_beside_a_table_that_cannot_be_read(folder):
    rows = "".join(f"s{k},{k % 2},{k % 3 and 1},{k % 5 and 1}\n" for k in range(60))
    (folder / "exhibits" / "responses-a.csv").write_text("student,a,b,c\n" + rows)
    (folder / "exhibits" / "responses-b.csv").write_text("nothing\n")
    (found,) = asked(folder, "soundness.reliability").findings
    assert LEFT.format("responses-b.csv") in found.said


def capture(*urls):
    entries = [
        {"startedDateTime": "2026-01-05T08:00:00Z", "request": {"method": "GET", "url": url, "headers": []},
         "response": {"status": 200, "headers": [], "content": {}}}
        for url in urls
    ]  # fmt: skip
    return json.dumps({"log": {"version": "1.2", "entries": entries}})


def test_a_broken_capture_is_told_by_its_place_and_the_others_are_answered(folder):
    good = capture("https://app.example/", "https://www.facebook.com/tr/?ev=PageView")
    (folder / "exhibits" / "good.har").write_text(good)
    (folder / "exhibits" / "no-json.har").write_text("not a capture")
    (folder / "exhibits" / "cut.har").write_text(good[:-30])
    found = asked(folder, "exposure.parties")
    (finding,) = found.findings
    assert LEFT.format("no-json.har") in finding.said
    assert any(one.startswith("exhibits/no-json.har") for one in found.told)
    assert any(one.startswith("exhibits/cut.har, line 1, column") for one in found.told)
    assert LEFT.format("cut.har") not in finding.said


def test_a_study_is_counted_beside_one_whose_file_is_not_there(folder):
    (folder / "exhibits" / "study-a.toml").write_text(
        '[study]\nkind = "rct"\n[[outcome]]\nname = "reading"\n'
        "treated = { n = 400, mean = 52.1, sd = 10.2 }\ncontrol = { n = 405, mean = 48.3, sd = 10.0 }\n"
    )
    (folder / "exhibits" / "exhibits.toml").write_text('[[exhibit]]\nfile = "study-b.csv"\nkind = "study"\n')
    (finding,) = asked(folder, "efficacy.effect").findings
    assert LEFT.format("study-b.csv") in finding.said


def test_a_capture_is_answered_beside_another_file_that_cannot_be_opened(folder):
    (folder / "exhibits" / "good.har").write_text(capture("https://app.example/"))
    (folder / "exhibits" / "letters.zip").write_bytes(b"no archive")
    (folder / "exhibits" / "exhibits.toml").write_text('[[exhibit]]\nfile = "capture.toml"\n')
    found = asked(folder, "exposure.parties")
    (finding,) = found.findings
    assert LEFT.format("capture.toml") in finding.said
