"""Children into small groups: in the order of their references, nobody beside one kept apart.

In:   children whom a rule found for the same reason.
Out:  groups of nearly equal size.
Not here: levels. Two groups for the same reason differ in nothing but who is in them.
"""

from collections.abc import Sequence
from math import ceil

from plainview.core.rules.snapshot import Snapshot, ref_order


def gather(
    snapshot: Snapshot, students: Sequence[str], *, fewest: int, most: int
) -> tuple[tuple[str, ...], ...]:
    """Groups of ``fewest`` to ``most``. Who fits in none is in none: no group is stretched for a rule."""
    if not students:
        return ()
    size = ceil(len(students) / ceil(len(students) / most))
    groups: list[list[str]] = []
    for student in sorted(students, key=ref_order):
        for group in groups:
            if len(group) < size and snapshot.may_work_together([*group, student]):
                group.append(student)
                break
        else:
            groups.append([student])
    return tuple(tuple(group) for group in groups if len(group) >= fewest)
