"""An exported suggestion, read back: every fault at once, or the inputs as the rule saw them.

In:   the bytes of a file in the form plainview-suggestion/2, or of format 1.
Out:  the snapshot, which rule spoke, and its card word for word.
Not here: whether the card follows from the snapshot (recompute).
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from plainview.core.learner.bkt import Beta, SkillPrior
from plainview.core.learner.estimate import State
from plainview.core.learner.piece import Helped, Kind, Medium, Piece
from plainview.core.learner.weights import Weights
from plainview.core.mendable import Mendable
from plainview.core.rules.place import Place, opened
from plainview.core.rules.snapshot import ActivityView, CompetencyView, GroupRecord, Snapshot, StudentView

FORMAT = "plainview-suggestion/2"
# Kept readable: what a school took along stays checkable. How its card was worded: ``form_1``.
FORMAT_1 = "plainview-suggestion/1"
MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What an exported file holds."""

    format: str
    made_by: str  # the version of Plainview that wrote it
    rule: str
    rule_version: int
    model: str
    snapshot: Snapshot
    key: str
    written: dict[str, Any]  # the whole file as it stood


def suggestion(raw: bytes, *, file: str = "suggestion.json", rules: Collection[str] = ()) -> Suggestion:
    """Read it, or raise one ``Mendable`` with all that would have to be mended."""
    at = opened(raw, file=file)
    if not isinstance(at.value, dict) or at.value.get("format") not in (FORMAT, FORMAT_1):
        at["format"].fault(f"'{FORMAT}', as an exported suggestion has it")
        raise Mendable(*at.faults)
    at.has_only("format", "made_by", "rule", "model", "seed", "inputs", "output")
    if at["seed"].value is not None:
        at["seed"].fault("null, because no chance is used")
    found = Suggestion(
        format=at.value["format"],
        made_by=_made_by(at["made_by"]),
        rule=_rule_name(at["rule"]["name"], rules),
        rule_version=at["rule"]["version"].whole(1),
        model=at["model"].word(),
        snapshot=snapshot(at["inputs"], has_earned=at.value["format"] == FORMAT),
        key=at["output"]["key"].word(),
        written=at.value,
    )
    if at.faults:
        raise Mendable(*at.faults)
    return found


def _made_by(at: Place) -> str:
    at.has_only("plainview")
    return at["plainview"].word()


def _rule_name(at: Place, rules: Collection[str]) -> str:
    name = at.word()
    if rules and name not in rules:
        at.fault(f"a rule that this Plainview has: {', '.join(rules)}")
    return name


def snapshot(at: Place, *, has_earned: bool = True) -> Snapshot:
    """A class on one day, as ``snapshot.as_json`` wrote it. Format 1 did not write what had been earned."""
    at.has_only(
        "as_of",
        "class_ref",
        "students",
        "competencies",
        "activities",
        "misconceptions",
        "language",
        "weights",
        "prior",
    )
    found = Snapshot(
        as_of=at["as_of"].day(),
        class_ref=at["class_ref"].word(),
        students=at["students"].each(partial(_student, has_earned=has_earned)),
        competencies=at["competencies"].each(_competency),
        activities=at["activities"].each(_activity),
        misconceptions=at["misconceptions"].words(),
        language=at["language"].word(),
        weights=_weights(at["weights"]),
        prior=_prior(at["prior"]),
    )
    for name, refs in (
        ("students", [s.ref for s in found.students]),
        ("competencies", [c.ref for c in found.competencies]),
        ("activities", [a.ref for a in found.activities]),
    ):
        _once_each(at[name], refs)
    return found


def _once_each(at: Place, refs: Iterable[str]) -> None:
    for ref, n in Counter(refs).items():
        if n > 1 and ref != "?":
            at.faults.append(f"{at.file}, {at.path}: found '{ref}' {n} times, expected each once.")


def _student(at: Place, *, has_earned: bool) -> StudentView:
    at.has_only(
        "ref",
        "pieces",
        "absent",
        "supports",
        "language",
        "screen_minutes_left",
        "holds",
        "apart_from",
        "groups",
        "judged",
        *(["earned"] if has_earned else []),
    )
    earned = at["earned"].by_name() if has_earned else ()
    return StudentView(
        ref=at["ref"].word(),
        pieces={competency: inner.each(_piece) for competency, inner in at["pieces"].by_name()},
        absent=at["absent"].yes_or_no(),
        supports=at["supports"].words(),
        language=at["language"].word(),
        screen_minutes_left=at["screen_minutes_left"].whole(0, MINUTES),
        holds=at["holds"].words(),
        apart_from=at["apart_from"].words(),
        groups=at["groups"].each(_group),
        judged={competency: inner.one_of(State) for competency, inner in at["judged"].by_name()},
        earned={competency: inner.one_of(State) for competency, inner in earned},
    )


def _piece(at: Place) -> Piece:
    at.has_only("ref", "kind", "shown", "on", "helped", "medium", "source", "misconception")
    return Piece(
        ref=at["ref"].word(),
        kind=at["kind"].one_of(Kind),
        shown=at["shown"].number(0, 1),
        on=at["on"].day(),
        helped=at["helped"].one_of(Helped),
        medium=at["medium"].one_of(Medium),
        source=at["source"].word(may_be_empty=True),
        misconception=at["misconception"].word(may_be_empty=True),
    )


def _group(at: Place) -> GroupRecord:
    at.has_only("on", "purpose", "members")
    return GroupRecord(on=at["on"].day(), purpose=at["purpose"].word(), members=at["members"].words())


def _competency(at: Place) -> CompetencyView:
    at.has_only("ref", "grade", "requires", "next")
    return CompetencyView(
        ref=at["ref"].word(),
        grade=at["grade"].whole(-1, 20),
        requires=at["requires"].words(),
        next=at["next"].words(),
    )


def _activity(at: Place) -> ActivityView:
    at.has_only(
        "ref",
        "competencies",
        "kind",
        "minutes",
        "adult_minutes",
        "group_min",
        "group_max",
        "medium",
        "screen_minutes",
        "blocked_by",
        "misconceptions",
    )
    return ActivityView(
        ref=at["ref"].word(),
        competencies=at["competencies"].words(),
        kind=at["kind"].word(),
        minutes=at["minutes"].whole(0, MINUTES),
        adult_minutes=at["adult_minutes"].whole(0, MINUTES),
        group_min=at["group_min"].whole(1),
        group_max=at["group_max"].whole(1),
        medium=at["medium"].one_of(Medium),
        screen_minutes=at["screen_minutes"].whole(0, MINUTES),
        blocked_by=at["blocked_by"].words(),
        misconceptions=at["misconceptions"].words(),
    )


def _weights(at: Place) -> Weights:
    kinds = [kind.value for kind in Kind]
    at.has_only(*kinds, "with_help")
    at["with_help"].has_only(*Helped)
    return Weights(
        **{kind: at[kind].number(0, 1) for kind in kinds},
        with_help={helped: at["with_help"][helped].number(0, 1) for helped in Helped},
    )


def _prior(at: Place) -> SkillPrior:
    at.has_only("known", "learn", "guess", "slip")
    return SkillPrior(
        known=_beta(at["known"]), learn=_beta(at["learn"]), guess=_beta(at["guess"]), slip=_beta(at["slip"])
    )


def _beta(at: Place) -> Beta:
    at.has_only("a", "b", "cap")
    # Beyond these a belief gets so narrow that no number is left to compute with.
    return Beta(a=at["a"].number(1, 100), b=at["b"].number(1, 100), cap=at["cap"].number(0.05, 1))
