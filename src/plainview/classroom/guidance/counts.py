"""How a rule's cards were answered, over all classes together; never by whom.

In:   the decisions that stand.
Out:  how many of each answer, for a rule; or nothing, where the numbers would point at a person.
Not here: any question about one teacher or one class. There is no function that could answer it.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from plainview.classroom.guidance.models import ACCEPTS, Decision, Scope

# Below ten decisions, or fewer than five teachers, a number begins to be somebody.
FEWEST_DECISIONS = 10
FEWEST_TEACHERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What became of a rule's cards. A part below ten is not told apart."""

    n: int
    accepted: int | None  # done as it stood, or changed and done
    declined: int | None


def of_rule(name: str) -> Answers | None:
    """None where too few decided, or too few teachers did."""
    rows = Decision.objects.filter(suggestion__rule=name, supersedes=None, scope=Scope.ONCE)
    total = rows.aggregate(
        n=Count("pk"),
        teachers=Count("by", distinct=True),
        accepted=Count("pk", filter=Q(verdict__in=ACCEPTS)),
    )
    n, accepted = total["n"], total["accepted"]
    if n < FEWEST_DECISIONS or total["teachers"] < FEWEST_TEACHERS:
        return None
    if min(accepted, n - accepted) < FEWEST_DECISIONS:
        return Answers(n=n, accepted=None, declined=None)
    return Answers(n=n, accepted=accepted, declined=n - accepted)
