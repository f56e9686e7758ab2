"""Look at how far each child's evidence goes, and how far it was read.

In:   a class, or children.
Out:  which of them have something new, whose family chose no estimates, how each child's pieces are heard;
      and whether what else a rule sees of a class is as it was.
Not here: reading it (estimate).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from plainview.classroom.guidance import switch
from plainview.classroom.guidance.switch import Heard
from plainview.lobby.people.models import Class, Person

# One statement for a class: a page asks this each time it is opened, and mostly nothing is new.
SIGHT = """
SELECT p.id, e.school_class_id, e.begins_on <= %s AND (e.ends_on IS NULL OR e.ends_on >= %s),
       r.through, r.with_digest,
       (SELECT MAX(v.id) FROM evidence_evidence v WHERE v.student_id = p.id),
       (SELECT c.chosen FROM people_familychoice c WHERE c.student_id = p.id AND c.kind = 'no_estimates'
        ORDER BY c.at DESC, c.id DESC LIMIT 1),
       EXISTS (SELECT 1 FROM guidance_switch s
               WHERE s.school_class_id = e.school_class_id AND s.weights <> '{{}}')
FROM people_person p
LEFT JOIN people_enrollment e ON e.person_id = p.id AND e.role = 'student'
LEFT JOIN guidance_reading r ON r.student_id = p.id
WHERE p.id IN ({students}) ORDER BY p.id, e.school_class_id
"""
IN_CLASS = """
SELECT m.person_id FROM people_enrollment m WHERE m.school_class_id = %s AND m.role = 'student'
AND m.begins_on <= %s AND (m.ends_on IS NULL OR m.ends_on >= %s)
"""
# What a rule sees beside evidence, as numbers that change when it does: the teacher's own word, supports,
# what waits on plans, who is away, who is kept apart, groups, who works on paper. One short statement.
BESIDE = """
WITH here (id) AS ({in_class})
SELECT
  (SELECT MAX(j.id) FROM evidence_judgement j WHERE j.student_id IN (SELECT id FROM here)),
  (SELECT COUNT(*) FROM people_support s WHERE s.student_id IN (SELECT id FROM here)
     AND s.begins_on <= %s AND (s.ends_on IS NULL OR s.ends_on >= %s)),
  (SELECT SUM(s.id) FROM people_support s WHERE s.student_id IN (SELECT id FROM here)
     AND s.begins_on <= %s AND (s.ends_on IS NULL OR s.ends_on >= %s)),
  (SELECT COUNT(*) FROM plans_step t WHERE t.student_id IN (SELECT id FROM here)
     AND t.stage IN ('offered', 'chosen')),
  (SELECT SUM(t.id) FROM plans_step t WHERE t.student_id IN (SELECT id FROM here)
     AND t.stage IN ('offered', 'chosen')),
  (SELECT SUM(a.id) FROM people_absence a WHERE a.student_id IN (SELECT id FROM here) AND a."on" = %s),
  (SELECT SUM(k.id) FROM plans_keepapart k WHERE k.one_id IN (SELECT id FROM here)),
  (SELECT COUNT(*) FROM plans_group g WHERE g.school_class_id = %s),
  (SELECT MAX(c.id) FROM people_familychoice c WHERE c.student_id IN (SELECT id FROM here))
"""
AT_A_TIME = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    students: tuple[int, ...]
    without: frozenset[int]  # the family chose no estimates
    newest: Mapping[int, int]  # the newest row of evidence; 0 where nothing is written down
    read: Mapping[int, tuple[int, str]]  # through which row, with which digest
    heard: Mapping[int, Heard]

    def is_stale(self, pk: int) -> bool:
        # A child of whom nothing was ever written down needs no row that says so.
        read = self.read.get(pk, (0, self.heard[pk].digest))
        return pk not in self.without and read != (self.newest[pk], self.heard[pk].digest)

    def has_only_grown(self, pk: int) -> bool:
        """New rows, and nothing else: what they do not touch stands as it is."""
        through, digest = self.read.get(pk, (0, ""))
        return digest == self.heard[pk].digest and through < self.newest[pk]


@dataclass(slots=True)
class _Child:
    read: tuple[int, str] | None
    newest: int
    without: bool
    now: int | None  # her class; the first, where she is in several
    ever: list[int]


def look(whom: Class | Iterable[Person | int], *, on: date) -> Sight:
    children: dict[int, _Child] = {}
    with_own_weights: set[int] = set()
    for pk, school_class, is_now, through, digest, newest, without, own_weights in _rows(whom, on):
        child = children.get(pk)
        if child is None:
            read = None if through is None else (through, digest)
            child = children[pk] = _Child(read, newest or 0, bool(without), None, [])
        if school_class is not None:
            child.ever.append(school_class)
            child.now = school_class if is_now and child.now is None else child.now
        if own_weights:
            with_own_weights.add(school_class)
    return Sight(
        students=tuple(children),
        without=frozenset(pk for pk, child in children.items() if child.without),
        newest={pk: child.newest for pk, child in children.items()},
        read={pk: child.read for pk, child in children.items() if child.read},
        heard=_heard(children, with_own_weights),
    )


def _heard(children: Mapping[int, _Child], with_own_weights: Collection[int]) -> dict[int, Heard]:
    if not with_own_weights:
        return dict.fromkeys(children, switch.heard(None, (), {}))  # all alike, by the stated weights
    settings = switch.settings_of(with_own_weights)
    return {pk: switch.heard(child.now, child.ever, settings) for pk, child in children.items()}


def look_beside(school_class: Class, *, on: date) -> tuple:
    """The same numbers as last time: nothing that a rule sees beside evidence has changed."""
    sql = BESIDE.format(in_class=IN_CLASS)
    [numbers] = _asked(sql, [school_class.pk, on, on, on, on, on, on, on, school_class.pk])
    return tuple(numbers)


def _rows(whom: Class | Iterable[Person | int], on: date) -> Iterator[tuple]:
    if isinstance(whom, Class):
        yield from _asked(SIGHT.format(students=IN_CLASS), [on, on, whom.pk, on, on])
        return
    pks = sorted({one if isinstance(one, int) else one.pk for one in whom})
    for start in range(0, len(pks), AT_A_TIME):
        some = pks[start : start + AT_A_TIME]
        yield from _asked(SIGHT.format(students=", ".join(["%s"] * len(some))), [on, on, *some])


def _asked(sql: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
