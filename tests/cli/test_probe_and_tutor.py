"""`plainview tutor` serves, `plainview probe` asks, over the published protocol and nothing else."""

import json
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from plainview.cli import main, tutor
from plainview.cli.probe import RemoteTutor
from plainview.core.mendable import Mendable
from plainview.core.tutors.tutor import Offer, Profile, Reply, Stop

DOCS = Path(__file__).resolve().parents[2] / "docs" / "for-reviewers"
ALLOWED = "We allow it ourselves, on this machine"


@pytest.fixture(scope="module")
def serve():
    servers = []

    def of(name):
        server = tutor.open_server(name, port=0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield of
    for server in servers:
        server.shutdown()
        server.server_close()


def ask(url, path, body=None, method=None):
    asking = urllib.request.Request(  # noqa: S310 (our own server)
        url + path, data=None if body is None else json.dumps(body).encode(), method=method
    )
    with urllib.request.urlopen(asking, timeout=10) as reply:  # noqa: S310
        text = reply.read()
    return json.loads(text) if text else None


def test_a_tutor_is_probed_over_the_wire_and_the_file_is_an_exhibit(serve, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("plainview.core.audit.adaptivity.drills.STEPS_OF_A_GRID", 4)
    out = tmp_path / "probe.json"
    words = ["probe", serve("one-step"), "--permission", ALLOWED, "--rate", "5000", "-o", str(out)]
    assert main([*words, "--factor", "right or wrong", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["answers"][0]["answer"] == "adapts" and "cannot_say" in told["answers"][1]
    assert json.loads(out.read_text(encoding="utf-8"))["permission"] == ALLOWED
    assert main(["ask", "adaptivity.twin_probe", f"probe={out}"]) == 0
    assert "adapts. Twins who answered right" in capsys.readouterr().out


def test_the_protocol_that_is_served_is_the_one_that_is_published(serve):
    published = json.loads((DOCS / "tutor.openapi.json").read_text(encoding="utf-8"))
    assert ask(serve("random"), "/openapi.json") == published == json.loads(tutor.openapi())


def test_every_answer_of_a_tutor_has_the_fields_that_the_protocol_requires(serve):
    shapes = json.loads(tutor.openapi())["components"]["schemas"]
    url = serve("patient")
    session = ask(url, "/sessions", {"profile": {"name": "Sam", "shoe": "39"}})["session"]
    for _ in range(12):
        offer = ask(url, f"/sessions/{session}/next")
        shape = shapes["Stop" if offer.get("stop") else "Offer"]
        assert set(shape["required"]) <= set(offer) <= set(shape["properties"])
        assert offer["reason"]["rests_on"] in shapes["Reason"]["properties"]["rests_on"]["enum"]
        if offer.get("stop"):
            break
        ask(url, f"/sessions/{session}/answers", {"item": offer["item"], "correct": 0})
    assert offer["calls_teacher"] is True


def test_the_next_item_stays_until_it_is_answered_and_a_teachers_word_changes_it(serve):
    session = RemoteTutor(serve("random"), rate=5000).open(Profile(), seed=1)
    first = session.next()
    assert isinstance(first, Offer) and session.next() == first
    session.override("s03")
    assert session.next().skill == "s03"
    with pytest.raises(Mendable, match="400"):
        session.override("no such skill")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/sessions", {"profile": "Sam"}, 400),
        ("/sessions", {"profile": {}, "seed": "x"}, 400),
        ("/sessions/none/answers", {"item": "i", "correct": 1}, 404),
        ("/elsewhere", {}, 404),
    ],
)
def test_what_a_tutor_refuses_is_a_sentence(serve, path, body, status):
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(serve("random"), path, body)
    assert refused.value.code == status and json.loads(refused.value.read())["fault"].endswith(".")


def test_an_answer_to_another_item_is_refused(serve):
    session = RemoteTutor(serve("random"), rate=5000).open(Profile(), seed=1)
    session.next()
    with pytest.raises(Mendable, match="offered last"):
        session.answer(Reply(item="another", correct=1.0))


def test_a_session_that_ends_is_a_stop(serve):
    session = RemoteTutor(serve("fixed"), rate=5000).open(Profile(), seed=1)
    for _ in range(121):
        offer = session.next()
        if isinstance(offer, Stop):
            break
        session.answer(Reply(item=offer.item, correct=1.0))
    assert isinstance(offer, Stop)


def test_requests_keep_the_pace_that_was_allowed(serve, monkeypatch):
    waits = []
    monkeypatch.setattr("plainview.cli.probe.time.sleep", waits.append)
    session = RemoteTutor(serve("random"), rate=2).open(Profile(), seed=1)
    session.next()
    assert len(waits) == 1 and 0.3 < waits[0] <= 0.5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["probe", "nonsense", "--permission", ALLOWED], "expected an address"),
        (["probe", "http://127.0.0.1:9", "--permission", ALLOWED], "no answer"),
        (["probe", "http://127.0.0.1:9", "--permission", "yes"], "who allowed"),
        (["probe", "http://127.0.0.1:9", "--permission", ALLOWED, "--factor", "luck"], "expected some of"),
        (["probe", "http://127.0.0.1:9", "--permission", ALLOWED, "--blocks", "2"], "at least 4"),
        (["tutor", "nobody"], "expected one of"),
    ],
)
def test_wrong_use_is_a_sentence(words, said, capsys):
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_tutors_are_named_with_their_truth(capsys):
    assert main(["tutor", "--list"]) == 0
    assert "mastery: adapts" in capsys.readouterr().out


def test_a_simulated_product_is_asked_about_as_a_vendors_log_is(tmp_path, capsys):
    out = tmp_path / "log.csv"
    assert main(["simulate", "product", "mastery", str(out), "--seed", "3"]) == 0
    assert "The product adapts." in capsys.readouterr().out
    assert main(["ask", "adaptivity.log_test", str(out)]) == 0
    assert "adapts. The next item depends on the answer just given." in capsys.readouterr().out
    first = out.read_bytes()
    main(["simulate", "product", "mastery", str(out), "--seed", "3"])
    assert out.read_bytes() == first


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["probe", "http://a.example", "--permission", ALLOWED, "--rate", "nan"], "--rate: found 'nan'"),
        (["probe", "http://a.example", "--permission", ALLOWED, "--seed", "-1"], "--seed: found '-1'"),
        (["tutor", "mastery", "--port", "99999"], "--port: found '99999', expected a port, from 0 to 65535."),
    ],
)
def test_a_number_that_cannot_be_is_told_with_its_option(words, said, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2 and said in capsys.readouterr().err


@pytest.mark.parametrize("out", ["nowhere/probe.json", "."])
def test_nobody_is_asked_before_the_answers_have_a_place(out, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(RemoteTutor, "ask", lambda *_: pytest.fail("a request was sent"))
    words = ["probe", "http://a.example", "--permission", ALLOWED, "-o", str(tmp_path / out)]
    assert main(words) == 2
    assert "expected a file in a folder that there is." in capsys.readouterr().err


def test_only_the_factor_that_nobody_knows_is_told_as_such(capsys):
    words = ["probe", "http://a.example", "--permission", ALLOWED, "--factor", "speed", "--factor", "zodiac"]
    assert main(words) == 2
    assert "--factor: found 'zodiac', expected some of: right or wrong" in capsys.readouterr().err


def test_a_sandbox_that_answers_something_else_is_told(monkeypatch):
    monkeypatch.setattr(RemoteTutor, "ask", lambda *_: {"x": 1})
    with pytest.raises(Mendable, match="found no 'session' in the answer"):
        RemoteTutor("http://a.example", rate=10).open(Profile(), seed=1)
