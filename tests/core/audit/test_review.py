"""Every check is asked; one that ends badly stops no other, and nothing of this machine is told."""

from dataclasses import replace

import pytest

from plainview.core.audit import catalogue as real
from plainview.core.audit.review import Telling, review
from plainview.core.cannot_say import CannotSay
from plainview.core.dossier.dossier import Plan
from plainview.core.mendable import Mendable

ALL = [
    "adaptivity.log_test/1",
    "efficacy.rating/1",
    "fairness.dif/1",
    "soundness.alpha/1",
    "exposure.canaries/1",
]


def test_all_checks_are_asked_in_the_catalogues_order(dossier, catalogue):
    found = review(dossier(), checks=catalogue)
    assert [one.check.name for one in found.asked] == ALL
    assert [finding.check for finding in found.findings] == ["adaptivity.log_test/1", "fairness.dif/1"]


def test_a_bad_exhibit_is_told_by_its_own_name_and_the_rest_is_answered(dossier, catalogue):
    (answer,) = review(dossier(), only=["exposure"], checks=catalogue).asked[0].answers
    assert isinstance(answer, CannotSay)
    assert answer.reason == "exhibits/ana.har, line 3: found no JSON, expected a HAR"


def test_a_mistake_of_ours_is_told_as_ours_without_a_traceback(dossier, catalogue):
    asked = review(dossier(), only=["soundness"], checks=catalogue).asked[0]
    (answer,) = asked.answers
    assert asked.broke
    assert "the check itself broke (ZeroDivisionError in conftest.py, line" in answer.reason
    assert "/home/somebody" not in str(answer) and "Traceback" not in str(answer)


def test_no_path_of_this_machine_is_in_an_answer(dossier, catalogue, tmp_path):
    found = review(dossier(), checks=catalogue)
    assert str(tmp_path) not in repr([one.answers for one in found.asked])


def test_who_asks_may_choose_by_check_or_by_question(dossier, catalogue):
    chosen = review(dossier(), only=["fairness.dif", "adaptivity"], checks=catalogue).asked
    assert [one.check.name for one in chosen] == ["adaptivity.log_test/1", "fairness.dif/1"]
    with pytest.raises(
        Mendable, match=r"found the check 'fairness\.guess', expected .*`plainview ask --list` names them all"
    ):
        review(dossier(), only=["fairness.guess"], checks=catalogue)


def planned(dossier, **more):
    plan = Plan(
        seed=7, draws=999, frozen_sha256=None, is_as_frozen=False, **{"checks": (), "bounds": {}} | more
    )
    return replace(dossier(adapts=("adaptivity.guess",)), plan=plan)


def test_a_plan_that_names_an_unknown_check_is_told_and_the_rest_is_answered(dossier, catalogue):
    found = review(planned(dossier, checks=("fairness.dif", "fairness.dfi")), checks=catalogue)
    assert [one.check.name for one in found.asked] == ["fairness.dif/1"]
    assert found.told[0].startswith("plan.toml, 'checks': found the check 'fairness.dfi'")


def test_a_claim_of_an_unknown_check_is_told(dossier, catalogue):
    told = review(planned(dossier), checks=catalogue).told
    assert [line.partition(":")[0] for line in told] == ["product.toml, claim 'adapts', 'checks'"]


def test_whoever_waits_is_told_how_far_it_is(dossier, catalogue):
    class Ear(Telling):
        heard: list[str] = []

        def begins(self, check, n, of):
            self.heard.append(f"{n}/{of} {check.name}")

        def ended(self, asked):
            self.heard.append(f"{len(asked.answers)} answers")

    review(dossier(), only=["adaptivity"], checks=catalogue, telling=Ear())
    assert Ear.heard == ["1/1 adaptivity.log_test/1", "1 answers"]


def test_a_name_of_the_catalogue_is_known_with_its_version_and_without():
    for name, check in real.CHECKS.items():
        assert real.named([name]) == real.named([real.without_version(name)]) == (check,)
