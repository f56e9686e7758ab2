"""Guidance on, off, or stopped for a week; and how much each kind of evidence counts.

In:   a class, and a teacher's press.
Out:  a new row; the newest holds. A class without a row is off.
Not here: what is suggested while it is on (suggest).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from django.utils import timezone

from plainview.classroom.guidance import policy
from plainview.classroom.guidance.models import Switch
from plainview.core.learner.estimate import MODEL
from plainview.core.learner.piece import Kind
from plainview.core.learner.weights import Weights
from plainview.lobby.ledger import write
from plainview.lobby.ledger.durable import durable
from plainview.lobby.people.models import Class, Person

STOP_FOR = timedelta(days=7)
KINDS = tuple(kind.value for kind in Kind)


def newest(school_class: Class) -> Switch | None:
    return Switch.objects.filter(school_class=school_class).order_by("-pk").first()


def is_on(school_class: Class, *, on: date) -> bool:
    return holds(newest(school_class), on=on)


def holds(switch: Switch | None, *, on: date) -> bool:
    """Off until a teacher turns it on; after a stop it goes on by itself, as it was."""
    if switch is None or not switch.is_on:
        return False
    return switch.stopped_until is None or on >= switch.stopped_until


def stopped_until(school_class: Class, *, on: date) -> date | None:
    """The day on which suggestions go on by themselves, while they are stopped."""
    switch = newest(school_class)
    if switch is None or not switch.is_on or holds(switch, on=on):
        return None
    return switch.stopped_until


def turn_on(school_class: Class, *, by: Person, at: datetime) -> Switch:
    return _set(school_class, by=by, at=at, deed="guidance.turned_on", is_on=True, stopped_until=None)


def turn_off(school_class: Class, *, by: Person, at: datetime) -> Switch:
    return _set(school_class, by=by, at=at, deed="guidance.turned_off", is_on=False, stopped_until=None)


def stop_for_a_week(school_class: Class, *, by: Person, at: datetime) -> Switch:
    """One press, no question asked. What was off stays off."""
    return _set(
        school_class, by=by, at=at, deed="guidance.stopped", stopped_until=timezone.localdate(at) + STOP_FOR
    )


def set_weights(school_class: Class, *, weights: Mapping[str, float], by: Person, at: datetime) -> Switch:
    """How much each kind counts, from 0 to 1. What help takes away stays as stated in core.learner."""
    stated = Weights(**{kind: weights[kind] for kind in KINDS})
    kept = {} if stated == Weights() else {kind: getattr(stated, kind) for kind in KINDS}
    return _set(school_class, by=by, at=at, deed="guidance.weighed", weights=kept)


def _set(school_class: Class, *, by: Person, at: datetime, deed: str, **changes) -> Switch:
    policy.check_may_switch(by, school_class, on=timezone.localdate(at))
    with durable():
        last = newest(school_class)
        row = Switch(
            school_class=school_class,
            is_on=last.is_on if last else False,
            stopped_until=last.stopped_until if last else None,
            weights=last.weights if last else {},
            by=by,
            at=at,
        )
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(force_insert=True)
        write.deed(deed, by=by.pk, at=at, thing=school_class.pk)
    return row


# --- weights as the estimates need them ------------------------------------------------------------------

Kept = tuple[tuple[str, float], ...]  # as a row holds them; () means the stated defaults


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """Weights that held until a day: what a child earned under them by then is not taken off."""

    weights: Weights
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """How the pieces of one child are heard."""

    now: Weights
    once: tuple[Once, ...]
    digest: str  # of the model and all of these: another digest, another estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    kept: Kept
    since: date


def weights_of(school_class: Class) -> Weights:
    last = newest(school_class)
    return Weights(**last.weights) if last else Weights()


def settings_of(classes: Collection[int]) -> dict[int, list[Setting]]:
    """Every setting of the weights, oldest first, class by class; none where the stated ones were kept."""
    if not classes:
        return {}
    settings: dict[int, list[Setting]] = {pk: [] for pk in classes}
    rows = Switch.objects.filter(school_class__in=classes).order_by("pk")
    for pk, kept, at in rows.values_list("school_class", "weights", "at"):
        one = Setting(kept=tuple(sorted(kept.items())), since=timezone.localdate(at))
        if one.kept != (settings[pk][-1].kept if settings[pk] else ()):
            settings[pk].append(one)
    return settings


def heard(now: int | None, ever: Collection[int], settings: Mapping[int, list[Setting]]) -> Heard:
    """How a child is heard who is in the class ``now`` and was in those of ``ever``."""
    mine = settings.get(now) if now is not None else None
    once = [past for pk in ever for past in _past(settings.get(pk, []))]
    return _put_together(mine[-1].kept if mine else (), tuple(sorted(once)))


def _past(settings: list[Setting]) -> list[tuple[Kept, date]]:
    """Each setting that another one followed, with its last day. The stated defaults come before all."""
    kept = [(), *(one.kept for one in settings)]
    return [(was, then.since) for was, then in zip(kept, settings, strict=False)]


@lru_cache(maxsize=256)
def _put_together(now: Kept, once: tuple[tuple[Kept, date], ...]) -> Heard:
    digest = sha256(repr((MODEL, _numbers(Weights()), now, once)).encode()).hexdigest()[:16]
    return Heard(
        now=Weights(**dict(now)),
        once=tuple(Once(weights=Weights(**dict(kept)), until=until) for kept, until in once),
        digest=digest,
    )


def _numbers(weights: Weights) -> list[tuple[str, float]]:
    of_kind = [(kind, getattr(weights, kind)) for kind in KINDS]
    return of_kind + [(helped.value, factor) for helped, factor in weights.with_help.items()]
