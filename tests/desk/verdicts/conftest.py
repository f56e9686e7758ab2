"""A dossier of a small study, taken in and asked: Fractal's review as it stands when its checks have run."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from plainview.desk.reviews import plan, run, sheets, take_in
from plainview.desk.reviews.models import Exhibit
from plainview.desk.verdicts import conclude, gateway, show
from plainview.desk.verdicts.tongues import Both

PRODUCT = """
name = "Fractal"
vendor = "Acme"
version = "2.1"
about = "Practice in fractions."

[[claim]]
id = "works"
says = "Students who use Fractal learn more."
checks = ["efficacy.effect", "efficacy.rating"]

[[claim]]
id = "adapts"
says = "Fractal adapts to every answer."
checks = ["adaptivity.log_test"]

[[claim]]
id = "steady"
says = "Its scores are steady."
checks = ["soundness.reliability"]

[[claim]]
id = "free"
says = "Teachers stay in charge."
"""
EXHIBITS = """
[[exhibit]]
kind = "log"
asked = 2026-02-01
refused = 2026-03-01
says = "Our logs are a trade secret."
claims = ["adapts"]

[[exhibit]]
file = "policy.txt"
kind = "policy"
confidential = true
"""
PLAN = """
seed = 7
draws = 999
checks = ["efficacy", "adaptivity.log_test", "soundness.reliability", "exposure.rights"]
"""
STUDY = """
[study]
title = "Two districts, spring 2025"
kind = "rct"
assigned = "students"
boundary = "cautious"

[attrition.students]
treated = { assigned = 410, analysed = 400 }
control = { assigned = 414, analysed = 405 }

[[outcome]]
name = "fractions"
domain = "mathematics"
standardised = true
internal = 0.9
treated = { n = 400, mean = 52.1, sd = 10.2 }
control = { n = 405, mean = 48.3, sd = 10.0 }

[outcome.before]
name = "the autumn test"
treated = { n = 400, mean = 41.0, sd = 9.1 }
control = { n = 405, mean = 40.9, sd = 9.3 }
adjusted = true
r = 0.7
"""
EN_ES = Both(en="As the study shows.", es="Como muestra el estudio.")


@pytest.fixture(scope="session")
def dossier(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fractal")
    (folder / "exhibits").mkdir()
    for name, text in {
        "product.toml": PRODUCT,
        "plan.toml": PLAN,
        "exhibits/exhibits.toml": EXHIBITS,
        "exhibits/study.toml": STUDY,
        "exhibits/policy.txt": "We keep what we must, and nothing else.\n",
    }.items():
        (folder / name).write_text(text)
    return folder


FOUND = {}  # the checks are asked once; what they found is the same for every test


@pytest.fixture
def review(desk, dossier, now, monkeypatch):
    """Checked: nobody has concluded anything yet."""
    ask = run._ask

    def asked_once(review, *args):
        is_rated = sheets.body(review, sheets.RATINGS) is not None
        if is_rated not in FOUND:
            FOUND[is_rated] = ask(review, *args)
        return FOUND[is_rated]

    monkeypatch.setattr(run, "_ask", asked_once)
    made = take_in.folder(dossier, by=desk.cora, at=now)
    plan.freeze(made, by=desk.cora, at=now)
    begun = run.start(made, by=desk.cora, at=now)
    run.work(begun.pk, lambda *_: None, at=lambda: now)
    made.refresh_from_db()
    return made


@pytest.fixture
def tools(desk, review, now):
    """What a chair does, without its many words."""

    def say(claim: str, word: str, *, at=now, **more):
        return conclude.conclude(review, claim=claim, word=word, sentence=EN_ES, by=desk.cora, at=at, **more)

    def at_gate(gate: str, passing: str = "cannot say", **more):
        return gateway.record(review, gate=gate, passing=passing, why=EN_ES, by=desk.cora, at=now, **more)

    def conclude_all(at=now):
        for claim, word in {"works": "supported", "adapts": "refused", "free": "not tested"}.items():
            say(claim, word)
        say("steady", "inconclusive")
        for gate in ("G1", "G2", "G3", "G4"):
            at_gate(gate)
        conclude.close(review, by=desk.cora, at=at, why="All is said.")

    def shown(at=now):
        conclude_all(at)
        return show.show(review, by=desk.cora, at=at)

    return SimpleNamespace(
        say=say,
        at_gate=at_gate,
        conclude_all=conclude_all,
        shown=shown,
        both=EN_ES,
        later=now + timedelta(days=15),
    )


@pytest.fixture
def evidence(review) -> Exhibit:
    return Exhibit.objects.filter(review=review).first()
