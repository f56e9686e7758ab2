"""Twins and drills, with tutors of whom it is known what they react to."""

from dataclasses import replace

import pytest

from plainview.core.audit.adaptivity import say_probe
from plainview.core.audit.adaptivity.drills import drills
from plainview.core.audit.adaptivity.probe import as_json, from_json, probe
from plainview.core.audit.adaptivity.twin_test import twin_test
from plainview.core.audit.adaptivity.twins import Factor, twins
from plainview.core.cannot_say import CannotSay
from plainview.core.finding import Finding
from plainview.core.mendable import Mendable
from plainview.core.tutors.pool import make_pool
from plainview.core.tutors.products import ADAPTS, PRODUCTS, product

POOL = make_pool()
ALLOWED = "We allow it ourselves, of tutors of our own"


def judged_twins(name, factor, seed=1, blocks=4):
    return twin_test(twins(product(name, POOL), factor, seed=seed, blocks=blocks), seed=1)


@pytest.mark.parametrize("name", [name for name in PRODUCTS if name not in ("unit-end", "choice")])
def test_twins_tell_a_tutor_that_adapts_from_one_that_does_not(name):
    """Four blocks, p of 1 in 81 where every block shows it."""
    found = judged_twins(name, Factor.ANSWERS)
    assert (found.p <= 0.05) == ADAPTS[name]
    if ADAPTS[name]:
        assert found.p == pytest.approx(3.0**-4) and found.d > 0.3


def test_the_least_p_is_three_to_the_blocks_and_six_where_the_direction_counts():
    found = judged_twins("one-step", Factor.ANSWERS, blocks=5)
    assert found.p == pytest.approx(3.0**-5)
    # Both directions are counted: two of 6 ** 5.
    assert found.p_harder == pytest.approx(2 * 6.0**-5) and found.harder > 1


def test_fewer_than_four_blocks_are_refused():
    with pytest.raises(ValueError, match="at least 4"):
        twins(product("random", POOL), Factor.ANSWERS, seed=1, blocks=3)


def test_where_nothing_matters_p_is_small_as_rarely_as_it_says():
    found = [
        judged_twins("random", factor, seed=seed)
        for factor in (Factor.ANSWERS, Factor.NAME)
        for seed in range(25)
    ]
    assert sum(one.p <= 0.1 for one in found) <= 12


def test_a_tutor_that_holds_the_poor_back_is_noticed_and_nothing_else_is():
    judged = say_probe.judge(probe(product("partial", POOL), of="partial", permission=ALLOWED, seed=3))
    finding = say_probe.irrelevant_finding(judged)
    assert finding.answer == "reacts to who they are"
    assert "poverty of the school" in finding.sentence and "gender" not in finding.sentence
    assert say_probe.twin_finding(judged).answer == "adapts"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("mastery", "reasons hold"),
        ("one-step", "reasons hold"),
        ("random", "reasons hold"),
        ("tracks", "reasons hold"),
        ("boastful", "reasons do not hold"),
    ],
)
def test_stated_reasons_are_held_to(name, answer):
    """Who says that the last answer counts, and draws by chance, is found out."""
    made = probe(product(name, POOL), of=name, permission=ALLOWED, seed=3)
    assert say_probe.reasons_finding(say_probe.judge(made)).answer == answer


def test_a_fixed_sequence_is_shown_not_to_adapt():
    judged = say_probe.judge(probe(product("fixed", POOL), of="fixed", permission=ALLOWED, seed=3))
    assert say_probe.twin_finding(judged).answer == "shown not to"
    assert say_probe.irrelevant_finding(judged).answer == "treats alike"


def _of_locale(made, *, told):
    """The probe whose twins of another language are given other items, of these skills and difficulties."""
    changed = []
    for one in made.twins:
        accounts = tuple(
            replace(a, steps=tuple(replace(s, item=f"{s.item}-{a.treated}", **told(a)) for s in a.steps))
            for a in one.accounts
        )
        changed.append(replace(one, accounts=accounts))
    return say_probe.judge(replace(made, twins=tuple(changed)))


def test_a_language_must_lead_to_no_other_skill_though_it_may_lead_to_another_text():
    made = probe(product("fixed", POOL), of="f", permission=ALLOWED, seed=3, factors=(Factor.LOCALE,))

    def by_language(account):
        return {"skill": "easy words" if account.treated else "fractions"}

    found = say_probe.irrelevant_finding(_of_locale(made, told=by_language))
    assert found.answer == "reacts to who they are" and "locale" in found.sentence
    same = say_probe.irrelevant_finding(_of_locale(made, told=lambda account: {"skill": "fractions"}))
    assert same.answer == "treats alike"
    bare = say_probe.irrelevant_finding(
        _of_locale(made, told=lambda account: {"skill": "", "difficulty": None})
    )
    assert isinstance(bare, CannotSay)


def test_blocks_that_all_came_out_alike_do_not_pretend_to_certainty():
    judged = say_probe.judge(probe(product("fixed", POOL), of="fixed", permission=ALLOWED, seed=3))
    power = say_probe.twin_finding(judged).power
    assert power.endswith("All blocks came out alike: what only 53 in 100 of them would show may go unseen.")


def test_a_p_that_was_drawn_has_the_range_of_what_all_relabelings_would_say():
    assert judged_twins("one-step", Factor.ANSWERS).p_interval is None
    drawn = judged_twins("one-step", Factor.ANSWERS, blocks=12)
    assert not drawn.is_exact and drawn.p_interval.low <= drawn.p <= drawn.p_interval.high


def test_drills_show_what_each_tutor_does():
    patient, fixed, cat = (drills(product(name, POOL), seed=5) for name in ("patient", "fixed", "cat"))
    assert (patient.wrong_reaction, patient.wrong_after) == ("changes approach", 5)
    assert (fixed.wrong_reaction, fixed.slope) == ("nothing", 0.0)
    assert cat.slope_interval.low > 0.3 and cat.wrong_reaction == "gives easier items"
    assert fixed.right_wasted == 14  # twenty items of two skills of fifteen: twelve and two beyond three
    assert patient.override_holds == 1.0


def test_without_a_permission_nothing_is_asked():
    with pytest.raises(Mendable, match="who allowed"):
        probe(product("random", POOL), of="random", permission="yes", seed=1)


@pytest.fixture(scope="module")
def made():
    return probe(
        product("mastery", POOL), of="m", permission=ALLOWED, seed=2, factors=(Factor.ANSWERS, Factor.NAME)
    )


def test_a_probe_is_the_same_after_it_was_written_and_read(made):
    assert from_json(as_json(made), file="probe.json") == made


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "plainview-probe/1"}', "\x00"])
def test_what_is_no_probe_is_a_sentence(text):
    with pytest.raises(Mendable, match=r"probe\.json"):
        from_json(text, file="probe.json")


def test_twins_that_were_not_run_cannot_be_judged(made):
    judged = say_probe.judge(replace(made, twins=()))
    found = say_probe.all_findings(judged)
    assert [type(one) for one in found] == [CannotSay, CannotSay, CannotSay, Finding]
