"""Every check of the question, asked of a dossier: an answer, or why not."""

from pathlib import Path

import pytest

from plainview.cli.simulate_product import answer as simulate_product
from plainview.core.audit.adaptivity.checks import CHECKS
from plainview.core.audit.adaptivity.probe import as_json, probe
from plainview.core.audit.adaptivity.twins import Factor
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Dossier, Exhibit, Kind, Plan, Product
from plainview.core.finding import Finding
from plainview.core.tutors.pool import make_pool
from plainview.core.tutors.products import product

BY_NAME = {check.name.split(".")[1].split("/")[0]: check for check in CHECKS}


def silent(done, of, what):
    pass


def exhibit(path: Path, kind: Kind) -> Exhibit:
    return Exhibit(file=path.name, path=path, kind=kind, sha256=path.name, n_bytes=path.stat().st_size)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("dossier")
    simulate_product(["one-step", str(where / "log.csv"), "--students", "120", "--seed", "2"])
    made = probe(
        product("one-step", make_pool()),
        of="one-step",
        permission="We allow it ourselves",
        seed=1,
        factors=(Factor.ANSWERS, Factor.LAST_ANSWER, Factor.NAME),
    )
    (where / "probe.json").write_text(as_json(made), encoding="utf-8")
    return where


def dossier(folder: Path, *exhibits: Exhibit) -> Dossier:
    return Dossier(
        folder=folder,
        product=Product(name="p", vendor="v", version="1", claims=(), said={}),
        plan=Plan(seed=1, draws=999, checks=(), bounds={}, frozen_sha256=None, is_as_frozen=False),
        exhibits=exhibits,
        aside=folder / "aside",
    )


@pytest.fixture(scope="module")
def full(folder):
    return dossier(
        folder,
        exhibit(folder / "log.csv", Kind.LOG),
        exhibit(folder / "log.groups.csv", Kind.GROUPS),
        exhibit(folder / "probe.json", Kind.PROBE),
    )


@pytest.mark.parametrize("name", BY_NAME)
def test_every_check_answers_of_a_dossier_that_has_all(name, full):
    found = BY_NAME[name].ask(full, silent)
    assert found and all(answer.check == BY_NAME[name].name for answer in found)
    for answer in found:
        if isinstance(answer, Finding):
            assert answer.sentence.endswith(".") and answer.noise_floor and answer.power and answer.not_seen
        else:
            assert name in ("same_for_all", "equity_of_stopping"), answer


def test_a_few_who_go_on_after_they_may_stop_say_nothing_of_the_rule(tmp_path):
    simulate_product(["one-step", str(tmp_path / "log.csv"), "--students", "60", "--seed", "3"])
    (found,) = BY_NAME["equity_of_stopping"].ask(
        dossier(tmp_path, exhibit(tmp_path / "log.csv", Kind.LOG)), silent
    )
    assert isinstance(found, CannotSay) and "at least 20" in found.would_need


@pytest.mark.parametrize("name", BY_NAME)
def test_every_check_says_what_it_would_need_of_an_empty_one(name, folder):
    (found,) = BY_NAME[name].ask(dossier(folder), silent)
    assert isinstance(found, CannotSay) and found.check == BY_NAME[name].name and found.would_need


def test_a_log_that_cannot_be_read_is_an_answer_not_an_end(folder):
    path = folder / "broken.csv"
    path.write_text("who,what\n1,2\n", encoding="utf-8")
    (found,) = BY_NAME["log_test"].ask(dossier(folder, exhibit(path, Kind.LOG)), silent)
    assert isinstance(found, CannotSay) and "broken.csv" in found.reason


def test_a_bound_of_the_plan_is_kept(full):
    from dataclasses import replace

    plan = replace(full.plan, bounds={"adaptivity.log_test": {"bound": 0.3}})
    (found,) = BY_NAME["log_test"].ask(replace(full, plan=plan), silent)
    assert found.answer == "adapts"
    assert [number.value for number in found.numbers if number.name.startswith("bound")] == [0.3]


def test_an_adaptive_product_is_told_from_a_differing_one(full):
    (adapts,) = BY_NAME["log_test"].ask(full, silent)
    (differs,) = BY_NAME["differentiation"].ask(full, silent)
    assert (adapts.answer, differs.answer) == ("adapts", "differentiates")
    assert "does not say that the product adapts" in differs.sentence
