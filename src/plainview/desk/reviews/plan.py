"""The test plan: written by form, then frozen and hashed, before the exhibits are opened.

In:   seed, draws, checks, bounds, why; or the text of plan.toml.
Out:  plan.toml word for word; frozen, plan.lock beside it, which names the exhibits that had been opened.
Not here: asking the checks (run).

The lock is written by the same code as `plainview dossier freeze`.
"""

import tempfile
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from plainview.core.audit.catalogue import named
from plainview.core.dossier import freeze as lock
from plainview.core.dossier.dossier import Exhibit as Handed
from plainview.core.dossier.dossier import Kind as CoreKind
from plainview.core.dossier.shape import Shape, schema
from plainview.core.mendable import Mendable
from plainview.desk.reviews import export, policy, stage, toml
from plainview.desk.reviews.models import Plan, Review, Stage
from plainview.lobby.ledger.durable import durable
from plainview.lobby.ledger.write import deed
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied

PLAN, DRAWS = "plan.toml", 999


def write(
    review: Review,
    *,
    seed: int,
    draws: int,
    checks: list[str],
    bounds: Mapping[str, Mapping[str, Any]],
    why: str,
    by: Person,
    at: datetime,
) -> Plan:
    said = {"seed": seed, "draws": draws, "checks": checks}
    said |= ({"why": why} if why else {}) | ({"bounds": dict(bounds)} if bounds else {})
    return write_text(review, toml.written(said), by=by, at=at)


def write_text(review: Review, text: str, *, by: Person, at: datetime) -> Plan:
    """plan.toml as it stands in ``text``: the plan that is being written, or a new one after a frozen one.

    Raises
    ------
    Mendable
        With every fault by line.
    """
    policy.check_may_plan(by, review)
    read(text)
    with durable():
        plan = review.plan
        if plan is None or plan.is_frozen:
            plan = Plan.objects.create(review=review, number=plan.number + 1 if plan else 1, text=text)
        else:
            Plan.objects.filter(pk=plan.pk).update(text=text)
            plan.text = text
        deed("reviews.plan.written", by=by.pk, at=at, thing=review.pk)
    return plan


def read(text: str) -> dict[str, Any]:
    """As the core reads it; a check that nobody knows is a fault here: a frozen plan can not be mended.

    Raises
    ------
    Mendable
        With every fault by line.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Mendable(f"{PLAN}: found no TOML ({fault}), expected it.") from None
    shape = Shape(said, schema("plan"), file=PLAN, text=text)
    if shape.faults:
        raise Mendable(*shape.faults)
    for words in (said.get("checks", []), list(said.get("bounds", {}))):
        named(words)
    return said


def freeze(review: Review, *, by: Person, at: datetime) -> Plan:
    """From here on nobody can change it, not the chair, not the vendor: the database refuses."""
    policy.check_may_freeze(by, review)
    plan = review.plan
    if plan is None or plan.is_frozen:
        raise Denied(_("There is no new plan to freeze yet. Write one first."))
    if not review.claims.exists():
        raise Denied(
            _("There is no claim yet, so there is nothing to test. Write down what the vendor says.")
        )
    read(plan.text)
    with durable():
        _lock(plan, by=by, at=at)
        deed("reviews.plan.frozen", by=by.pk, at=at, thing=review.pk)
        why = _("Plan %(number)s was frozen: %(hash)s") % {"number": plan.number, "hash": plan.sha256[:12]}
        stage.move(review, to=Stage.PLANNED, by=by, at=at, why=why)
    return plan


def _lock(plan: Plan, *, by: Person, at: datetime) -> None:
    said, text = _locked(plan, on=timezone.localdate(at).isoformat())
    frozen = {
        "sha256": said.sha256,
        "lock": text,
        "opened_before": list(said.opened_before),
        "frozen_at": at,
        "frozen_by": by,
    }
    Plan.objects.filter(pk=plan.pk).update(**frozen)
    for name, value in frozen.items():
        setattr(plan, name, value)


def _locked(plan: Plan, *, on: str) -> tuple[lock.Lock, str]:
    with tempfile.TemporaryDirectory(prefix="plainview-plan-") as aside:
        folder = Path(aside)
        (folder / lock.PLAN).write_bytes(plan.text.encode())
        if opened := export.opened(plan.review):
            (folder / lock.OPENED).write_bytes(opened)
        said = lock.freeze(folder, _as_the_core_has_them(plan.review), on=on)
        return said, (folder / lock.LOCK).read_text(encoding="utf-8")


def _as_the_core_has_them(review: Review) -> list[Handed]:
    return [
        Handed(
            file=one.name,
            path=Path(one.name),
            kind=CoreKind(one.kind),
            sha256=one.sha256,
            n_bytes=one.n_bytes,
        )
        for one in review.exhibits.filter(replaced_at=None)
    ]
