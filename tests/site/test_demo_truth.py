"""The demonstration's estimates beside its own truth: the simulator knows what each made-up child knows.

The class learns otherwise than the model assumes (help, prerequisites, some children quicker, pieces left
out), so the bounds are loose. What is looked for is an estimate that has lost its bearings.
"""

from collections import defaultdict
from datetime import date

import pytest
from django.core.management import call_command

from plainview.classroom.curriculum.models import Competency
from plainview.core.learner import compare, simulate
from plainview.core.learner.estimate import State, estimate
from plainview.site.demo import history
from plainview.site.demo.school import CHILDREN, FAMILY_CHOICES

FIRST = date(2026, 1, 5)


@pytest.fixture
def told(db):
    """What `plainview demo` tells, without writing it down: child and competency, with the truth."""
    call_command("content", "load", verbosity=0)
    competencies = Competency.objects.filter(families__isnull=False).distinct()
    truth = simulate.school(
        students=[f"maple-s{n:02d}" for n in range(1, len(CHILDREN) + 1)],
        taught=history.taught({c.identifier: c for c in competencies}, history._items_by_family()),
        starts_on=FIRST,
        seed=history.SEED,
        weeks=history.WEEKS,
    )
    pieces = defaultdict(list)
    for one in truth.shown:
        pieces[one.student, one.competency].append(one.piece)
    found = {pair: estimate(of) for pair, of in pieces.items()}
    return list(found.values()), [pair in truth.knows_at_last for pair in found]


def test_the_made_up_class_is_estimated_near_its_truth(told):
    estimates, knows = told
    assert len(estimates) > 300
    bins = compare.calibration(estimates, knows)
    for held in bins:
        print(f"said {held.said:.2f}, knew {held.knew.value:.2f} of {held.knew.n}")  # noqa: T201 - this test reports
    for held in bins:
        if held.knew.n >= 20:
            assert abs(held.said - held.knew.value) < 0.25
    often = sum(knows) / len(knows)
    # Better than saying of everyone what is true of the class.
    assert compare.brier(estimates, knows) < 0.8 * often * (1 - often)


def test_of_those_called_steady_nearly_all_know_it(told):
    states = compare.by_state(*told)
    print({state.value: (share.n_hits, share.n) for state, share in states.items()})  # noqa: T201
    assert states[State.STEADY].n >= 20
    assert states[State.STEADY].value > 0.9
    assert states[State.STEADY].value > states[State.MET_ONCE].value


def test_what_families_chose_names_children_who_are_there():
    assert {given for given, _kind in FAMILY_CHOICES} <= {child[0] for child in CHILDREN}
