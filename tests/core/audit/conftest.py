"""A small catalogue whose answers are known, and a dossier to ask it of."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from plainview.core.audit.check import Bearing, Check, Question
from plainview.core.cannot_say import CannotSay
from plainview.core.charts.intervals import Ranged, intervals
from plainview.core.dossier.dossier import Claim, Dossier, Exhibit, Kind, Plan, Product
from plainview.core.finding import Finding, Number, Table
from plainview.core.mendable import Mendable
from plainview.core.stats.interval import Interval

EVIL = "</style><script>alert(1)</script>&'\"|`"
FOUND = Finding(
    check="adaptivity.log_test/1",
    question="Does the next item depend on the answer just given?",
    answer="adapts",
    sentence="Of 100 next steps, about 9 (7 to 11) would have been different had the answer been different.",
    effect=Number(
        name="steps that would have differed",
        value=0.091,
        unit="share",
        interval=Interval(low=0.07, high=0.11, level=0.95),
        n=150,
        of="students",
    ),
    numbers=(Number(name="p", value=0.001), Number(name="without a value", value=None)),
    tables=(Table(title="By window", columns=("window", "R"), rows=((5, 0.04), ("10", None))),),
    charts=(intervals([Ranged(name="R", value=0.04, low=0.03, high=0.05)], bound=0.02),),
    said=("2 students with fewer than 5 answers were left out",),
    noise_floor="R up to .012 in 95 of 100 redrawn logs",
    power="80 in 100 such logs would show R of .02",
    not_seen="what changes inside an item",
    seed=7,
)
SILENT = CannotSay(
    question="Does a study show that it helps?",
    reason="the dossier holds no study",
    would_need="a study with a comparison group",
    check="efficacy.rating/1",
)


def answered(answer):
    return lambda dossier, progress: answer


def broken(dossier, progress):
    raise ZeroDivisionError("a mistake of ours in /home/somebody")


def unreadable(dossier, progress):
    (exhibit,) = dossier.of_kind(Kind.HAR)
    raise Mendable(f"{exhibit.path}, line 3: found no JSON, expected a HAR.")


def named(name: str, asks: str, answer, **bearing: Bearing) -> Check:
    """A line of the catalogue that answers with what is given."""
    module = sys.modules.setdefault("made_up_checks", ModuleType("made_up_checks"))
    function = name.replace(".", "_").replace("/", "_")
    setattr(module, function, answer)
    return Check(
        name=name,
        question=Question(name.partition(".")[0]),
        asks=asks,
        needs="something",
        page="docs/methods/made-up.md",
        where=f"made_up_checks:{function}",
        bearing=bearing,
    )


@pytest.fixture
def catalogue() -> dict[str, Check]:
    fair = replace(FOUND, check="fairness.dif/1", answer="different", sentence="One item is harder for some.")
    checks = (
        named("adaptivity.log_test/1", FOUND.question, answered(FOUND), adapts=Bearing.SUPPORTS),
        named("efficacy.rating/1", SILENT.question, answered(SILENT)),
        named("fairness.dif/1", "Are items alike?", answered([fair]), different=Bearing.CONTRADICTS),
        named("soundness.alpha/1", "Is it the same again?", broken),
        named("exposure.canaries/1", "Do names leave the page?", unreadable),
    )
    return {check.name: check for check in checks}


@pytest.fixture
def dossier(tmp_path) -> Callable[..., Dossier]:
    """``dossier(adapts=("adaptivity.log_test",))``: claims with the checks that they name."""

    def made(**claims: tuple[str, ...]) -> Dossier:
        har = Exhibit(
            file="exhibits/ana.har",
            path=Path(tmp_path / "aside" / "ana.har"),
            kind=Kind.HAR,
            sha256="0" * 64,
            n_bytes=3,
        )
        says = {id: f"We say {id}." for id in claims}
        return Dossier(
            folder=tmp_path,
            product=Product(
                name="MathPath",
                vendor="Acme",
                version="4.2",
                claims=tuple(Claim(id=id, says=says[id], checks=checks) for id, checks in claims.items()),
                said={},
            ),
            plan=Plan(seed=7, draws=999, checks=(), bounds={}, frozen_sha256=None, is_as_frozen=False),
            exhibits=(har,),
            aside=tmp_path / "aside",
        )

    return made
