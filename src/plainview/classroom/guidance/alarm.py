"""An alarm about a rule, never about a teacher: a rule that everyone accepts unread is not being read.

In:   decisions on a rule's cards in a class, and whether each was an accept within three seconds.
Out:  the rule rests in that class, and the page says why; a teacher wakes it again.
Not here: who pressed. Two numbers a rule and class are all that is kept.
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from plainview.classroom.guidance import policy
from plainview.classroom.guidance.models import (
    ACCEPTS,
    RuleCount,
    Suggestion,
    SuggestionStage,
    Verdict,
)
from plainview.classroom.guidance.opened import Opened
from plainview.lobby.ledger import write
from plainview.lobby.people.models import Class, Person

# More than 95 in 100 accepted in less than three seconds. Below 20 decisions a share says little.
QUICK = timedelta(seconds=3)
SHARE = 0.95
FEWEST_DECISIONS = 20


def count(suggestion: Suggestion, verdict: Verdict, *, opened: Opened | None, at: datetime) -> bool:
    """Count one decision; true where the rule rests from now on. Call it inside the transaction."""
    is_quick = verdict in ACCEPTS and opened is not None and at - opened.at < QUICK
    row, _made = RuleCount.objects.get_or_create(
        school_class=suggestion.school_class, rule=suggestion.rule, rule_version=suggestion.rule_version
    )
    RuleCount.objects.filter(pk=row.pk).update(
        n_decided=F("n_decided") + 1, n_quick=F("n_quick") + (1 if is_quick else 0)
    )
    row.refresh_from_db()
    if row.suspended_at is None and row.n_decided >= FEWEST_DECISIONS and row.n_quick > SHARE * row.n_decided:
        _suspend(row, at=at)
        return True
    return False


def resting(school_class: Class) -> dict[str, datetime]:
    """The rules that rest in this class, and since when."""
    rows = RuleCount.objects.filter(school_class=school_class, suspended_at__isnull=False)
    return dict(rows.values_list("rule", "suspended_at"))


def wake(school_class: Class, rule: str, *, by: Person, at: datetime) -> None:
    """A teacher has read the rule again. The counting begins anew."""
    policy.check_may_switch(by, school_class, on=timezone.localdate(at))
    rows = RuleCount.objects.filter(school_class=school_class, rule=rule, suspended_at__isnull=False)
    if rows.update(n_decided=0, n_quick=0, suspended_at=None):
        write.deed("guidance.rule.woken", by=by.pk, at=at, thing=school_class.pk)


def _suspend(row: RuleCount, *, at: datetime) -> None:
    row.suspended_at = at
    row.save(update_fields=["suspended_at"])
    waiting = Suggestion.objects.filter(
        school_class=row.school_class_id, rule=row.rule, stage=SuggestionStage.OPEN
    )
    waiting.update(stage=SuggestionStage.EXPIRED)
