"""A browser is driven as two made-up students; what it sent is found again by the review."""

import hashlib
import json
import random
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from plainview.cli import main
from plainview.cli.capture import capture_toml
from plainview.cli.capture_script import made_up, read_script
from plainview.core.audit.exposure import ask
from plainview.core.audit.exposure.capture import read_capture
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind, Plan, Product
from plainview.core.mendable import Mendable

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
PAGE = """<!doctype html><form><input id=mail><input id=name><button id=go type=button>Hand in</button></form>
<script>
document.cookie = 'uid=' + Math.random().toString(36).slice(2) + 'abcdef; max-age=40000000';
const other = 'http://localhost:PORT';
document.getElementById('go').onclick = async () => {
  const mail = document.getElementById('mail').value, name = document.getElementById('name').value;
  await fetch('/login', {method: 'POST', body: JSON.stringify({mail, name})});
  const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(mail)))]
    .map(b => b.toString(16).padStart(2, '0')).join('');
  new Image().src = other + '/path/' + encodeURIComponent(name) + '/p.gif?h=' + hash;
  await fetch(other + '/body', {method: 'POST', mode: 'no-cors', body: btoa(JSON.stringify({who: mail}))});
  const stream = new Blob([JSON.stringify({name})]).stream().pipeThrough(new CompressionStream('gzip'));
  const packed = await new Response(stream).arrayBuffer();
  await fetch(other + '/packed', {method: 'POST', mode: 'no-cors', body: packed});
  navigator.sendBeacon(other + '/beacon', mail);
  const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
  canvas.width = canvas.height = 64;
  pen.fillText('How quickly daft jumping zebras vex', 2, 15);
  canvas.toDataURL();
  document.body.dataset.done = 1;
};
</script>"""


class _Other(BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGE.replace("PORT", str(self.server.server_port)).encode() if self.path == "/" else b"ok"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def log_message(self, *said):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def script(start):
    return f"""
first_party = ["127.0.0.1"]
start = "{start}"
passes = 1
[[person]]
name = "student 1"
role = "student"
[person.canary]
"e-mail" = "zofia.q7f3@canary.example"
"first name" = "Zofia Quillfeather"
[[person]]
name = "student 2"
role = "student"
[[step]]
does = "handed in"
fill = {{"#mail" = "e-mail", "#name" = "first name"}}
click = "#go"
wait_for = "body[data-done]"
"""


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_what_a_page_leaks_is_recorded_and_found(tmp_path, site):
    (tmp_path / "script.toml").write_text(script(site))
    folder = tmp_path / "exhibits"
    # In a process of its own: the browser's tests may have a loop running in this one.
    asked = ["capture", "--profile", str(tmp_path / "script.toml"), str(folder)]
    subprocess.run([sys.executable, "-m", "plainview.cli", *asked], check=True)
    files = sorted(path.name for path in folder.iterdir())
    assert files == ["capture.toml", "student-1-pass-1.har", "student-2-pass-1.har"]
    made = _dossier(folder)
    leaks = ask.leaks(made, lambda *_: None)
    assert leaks.answer == "reaches others"
    found = {(row[0], row[5].split(" '")[0]) for row in leaks.tables[0].rows}
    assert {
        ("student 1, e-mail", "query"),
        ("student 1, first name", "path"),
        ("student 1, e-mail", "body"),
        ("student 1, first name", "body"),
        ("student 2, e-mail", "query"),
    } <= found
    assert any("sha256" in row[6] for row in leaks.tables[0].rows)
    cookies = json.loads((folder / files[1]).read_text())["log"]["_plainview"]["cookies"]
    assert [one["name"] for one in cookies] == ["uid"]
    assert ask.scripts(made, lambda *_: None).answer == "told by its looks"


def _dossier(folder):
    exhibits = tuple(
        Exhibit(
            file=f"exhibits/{path.name}",
            path=path,
            kind=Kind.CAPTURE if path.name == "capture.toml" else Kind.HAR,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            n_bytes=path.stat().st_size,
        )
        for path in sorted(folder.iterdir())
    )
    product = Product(name="Page", vendor="V", version="1", claims=(), said={})
    plan = Plan(seed=1, draws=999, checks=(), bounds={}, frozen_sha256=None, is_as_frozen=False)
    return Dossier(folder=folder, product=product, plan=plan, exhibits=exhibits, aside=folder / "aside")


def test_faults_of_a_script_are_told_all_at_once(tmp_path):
    path = tmp_path / "script.toml"
    path.write_text("[[step]]\ndoes = 'x'\n[[person]]\nrole = 'student'\n")
    with pytest.raises(Mendable) as fault:
        read_script(path, seed=1)
    assert fault.value.faults == (
        "script.toml: found no 'start', expected the address to begin at.",
        "script.toml, step 1: found nothing to do, expected one of "
        "open, fill, type, click, press, wait_for, wait_ms.",
        "script.toml, person 1: found no 'name', expected one.",
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('[[step]]\nfill = "x"', "line 3, step 1, 'fill': found 'x', expected a table."),
        ('[[step]]\nfill = {"#mail" = 3}', "step 1, fill, '#mail': found 3, expected text in quotes."),
        ('[[step]]\nclick = "#a"\nwait_ms = "x"', "line 4, step 1, 'wait_ms': found 'x', expected a number"),
        ('[[step]]\nclik = "#a"', "line 3, step 1, 'clik': found a word that is none of does, open, fill"),
        ('[[step]]\nclick = "#a"\nonly = "student"', "'only': found 'student', expected a list."),
        ('passes = "two"', "line 2, 'passes': found 'two', expected a whole number"),
        ("person = 3", "line 2, 'person': found 3, expected a list."),
        ("[[person]]\nname = 3", "line 3, person 1, 'name': found 3, expected text in quotes."),
        (
            '[[person]]\nname = "a"\nrole = "pupil"',
            "found 'pupil', expected one of student, teacher",
        ),
        ('[[person]]\nname = "a"\ncanary = "x"', "person 1, 'canary': found 'x', expected a table."),
        ('[[person]]\nname = "a"\n[[person]]\nname = "a"\n[[step]]\nclick = "#a"', "'a' more than once"),
    ],
)
def test_a_script_that_is_wrongly_written_is_told_by_line(tmp_path, line, told):
    path = tmp_path / "script.toml"
    path.write_text(f'start = "https://a.example/"\n{line}\n')
    with pytest.raises(Mendable) as fault:
        read_script(path, seed=1)
    assert told in str(fault.value)


def test_an_address_that_is_none_is_told(tmp_path):
    path = tmp_path / "script.toml"
    path.write_text('start = "mathpath"\n[[step]]\nclick = "#a"\n')
    with pytest.raises(Mendable, match=r"line 1, 'start': found 'mathpath', expected an address that begins"):
        read_script(path, seed=1)


@pytest.mark.parametrize("there", ["capture.toml", "student-1-pass-2.har"])
def test_nothing_is_written_over(tmp_path, there, capsys):
    """Statements of the policy are added to capture.toml by hand."""
    (tmp_path / "script.toml").write_text('start = "http://a.example/"\n[[step]]\nclick = "#a"\n')
    (tmp_path / there).write_text("by hand")
    assert main(["capture", "--profile", str(tmp_path / "script.toml"), str(tmp_path)]) == 2
    assert f"{there}: is there already, and nothing is written over." in capsys.readouterr().err
    assert (tmp_path / there).read_text() == "by hand"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_a_step_that_cannot_be_done_is_told_and_leaves_no_half_capture(tmp_path, site):
    text = script(site).replace('click = "#go"', 'open = "http://127.0.0.1:1/"')
    (tmp_path / "script.toml").write_text(text)
    asked = ["capture", "--profile", str(tmp_path / "script.toml"), str(tmp_path / "exhibits")]
    words = [sys.executable, "-m", "plainview.cli", *asked]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("student 1, step 1: the browser says ") and "Traceback" not in done.stderr
    assert list((tmp_path / "exhibits").iterdir()) == []


def test_what_the_contract_calls_a_field_may_be_said_once_for_all():
    person = {"name": "a", "role": "student", "canary": {"e-mail": "x@y", "school": "S"}}
    other = person | {"name": "b", "elements": {"school": "school of the child"}}
    elements = {"e-mail": "e-mail address", "school": "school name"}
    told = capture_toml({"step": [{}], "elements": elements, "person": [person, other]}, [])
    assert told.count('element = "e-mail address"') == 2
    assert 'element = "school name"' in told and 'element = "school of the child"' in told


def test_values_are_made_up_where_none_are_given_and_each_person_has_her_own(tmp_path):
    path = tmp_path / "script.toml"
    path.write_text('start = "http://a.example/"\n[[step]]\nfill = {"#x" = "phone"}\n')
    made = read_script(path, seed=3)
    assert [one["name"] for one in made["person"]] == ["student 1", "student 2", "teacher"]
    values = [value for one in made["person"] for value in one["canary"].values()]
    assert len(set(values)) == len(values) and all("phone" in one["canary"] for one in made["person"])
    assert read_script(path, seed=3) == made


def test_what_is_written_is_what_the_review_reads(tmp_path):
    person = {"name": 'An "Ä"', "role": "student", "canary": {"e-mail": made_up("e-mail", random.Random(1))}}
    said = {"first_party": ["a.example"], "step": [{"does": "x"}], "person": [person]}
    path = tmp_path / "capture.toml"
    path.write_text(capture_toml(said, [('An "Ä"', 1, "an.har")]), encoding="utf-8")
    plan = read_capture(path)
    assert plan.faults == () and plan.canaries[0].value == person["canary"]["e-mail"]
    assert (plan.recorded[0].file, plan.recorded[0].person) == ("an.har", 'An "Ä"')
