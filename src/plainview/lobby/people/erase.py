"""Erase what the school keeps of a child beside the name: supports, absences, choices, the badge.

In:   a child.
Out:  how many rows went.
Not here: who may, and the certificate (whoever calls this has both); the name, the class and the family,
      which go with the roster.
"""

from plainview.lobby.people.models import Absence, Badge, FamilyChoice, Person, Support, SupportGiven


def erase(student: Person) -> int:
    """Call it inside the transaction of the whole."""
    rows = [SupportGiven.objects.filter(support__student=student)]
    rows += [model.objects.filter(student=student) for model in (Support, Absence, FamilyChoice, Badge)]
    return sum(some.delete()[0] for some in rows)
