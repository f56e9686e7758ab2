"""What a student is going to do, with whom, and who talks with her: a file a noun. Works without any model.

Nothing a child sees here exists without a teacher's decision or the child's own choice: the database says so.
"""

from plainview.classroom.plans.models.check_in import CheckIn, MentoringPromise
from plainview.classroom.plans.models.group import Group, GroupQuerySet, KeepApart
from plainview.classroom.plans.models.step import (
    MAY_FOLLOW,
    DefaultOption,
    ScreenDay,
    Stage,
    Step,
    StepQuerySet,
)
from plainview.classroom.plans.models.voice import Contest, Goal, Proposal

__all__ = [
    "MAY_FOLLOW",
    "CheckIn",
    "Contest",
    "DefaultOption",
    "Goal",
    "Group",
    "GroupQuerySet",
    "KeepApart",
    "MentoringPromise",
    "Proposal",
    "ScreenDay",
    "Stage",
    "Step",
    "StepQuerySet",
]
