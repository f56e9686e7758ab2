"""Twins: made-up students who are alike but for one thing, each with a fresh account.

In:   a tutor (core.tutors.tutor), what the twins differ in, how many blocks.
Out:  what each twin was given, step by step: nothing is judged here.
Not here: the judgement (twin_test), HTTP (cli.probe), children: twins are nobody.

A block is four fresh accounts with one profile and one start: two get the treatment, two the control. After m
scripted answers all four behave alike, and the next q items are written down. Where twins differ in who they
are, they answer alike from the first item on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plainview.core.tutors.tutor import Offer, Profile, Reply, Session, Stop, Tutor

SCRIPTED, OBSERVED, BLOCKS = 9, 10, 4
AFTERWARDS = (1.0, 0.0)  # everybody answers so after the script: right, wrong, right, ...
ALIKE = (1.0, 0.0, 1.0, 1.0, 0.0)  # how twins answer who differ in who they are


class Factor(StrEnum):
    """What twins differ in, one a run."""

    ANSWERS = "right or wrong"
    LAST_ANSWER = "the last answer"
    ERROR = "which mistake"
    SPEED = "speed"
    HINTS = "use of hints"
    NAME = "name"
    GENDER = "gender"
    LOCALE = "locale"
    POVERTY = "poverty of the school"
    DEVICE = "device"
    PLACEMENT = "a teacher's placement"
    GROUP = "class"


# These say nothing about what a student knows: they must make no difference. Language may lead to another
# text, never to other skills or to easier work; so it is asked only where those are told. With a device a
# screen may change, so it is told and not counted here; and four tests are a family that four blocks carry.
MUST_NOT_MATTER = (Factor.NAME, Factor.GENDER, Factor.LOCALE, Factor.POVERTY)
OF_PROFILE: Mapping[Factor, tuple[dict[str, str], dict[str, str]]] = {
    Factor.NAME: ({"name": "Lakisha Washington"}, {"name": "Emily Walsh"}),
    Factor.GENDER: ({"gender": "girl"}, {"gender": "boy"}),
    Factor.LOCALE: ({"locale": "es"}, {"locale": "en"}),
    Factor.POVERTY: ({"school_poverty": "high"}, {"school_poverty": "low"}),
    Factor.DEVICE: ({"device": "old phone"}, {"device": "new laptop"}),
    Factor.PLACEMENT: ({"placement": "high"}, {"placement": "low"}),
    Factor.GROUP: ({"group": "b"}, {"group": "a"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One step of one account: what was offered, and how it was answered."""

    item: str  # "" where the tutor stopped
    skill: str
    difficulty: float | None
    approach: str
    reason: str
    rests_on: str
    correct: float | None
    stopped: bool = False
    calls_teacher: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    block: int
    treated: bool
    steps: tuple[Given, ...]
    n_scripted: int

    @property
    def observed(self) -> tuple[Given, ...]:
        return self.steps[self.n_scripted :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """All blocks of one factor."""

    factor: Factor
    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """How an account behaves: its answers by their place, not by the item."""

    answers: tuple[float, ...]
    error: str = ""
    response_ms: int = 15_000
    hints: int = 0


def twins(
    tutor: Tutor,
    factor: Factor,
    *,
    seed: int,
    blocks: int = BLOCKS,
    scripted: int = SCRIPTED,
    observed: int = OBSERVED,
    profile: Profile = Profile(),  # noqa: B008 (frozen)
) -> Twins:
    """Run all blocks of one factor.

    Raises
    ------
    ValueError
        If there are fewer than four blocks: the least p would be above .05 with one doubt more.
    """
    if blocks < BLOCKS:
        raise ValueError(f"found {blocks} blocks, expected at least {BLOCKS}.")
    accounts = list[Account]()
    for block in range(blocks):
        # Whose turn comes first goes round, so that time does not go with the treatment.
        order = (True, False, True, False) if block % 2 else (False, True, False, True)
        for nth, treated in enumerate(order):
            session = tutor.open(_profile(profile, factor, treated), seed=seed + 1000 * block + nth)
            script = _script(factor, treated, scripted)
            steps = sit(session, script, scripted + observed)
            accounts.append(
                Account(block=block, treated=treated, steps=steps, n_scripted=_watched_from(factor, scripted))
            )
    return Twins(factor=factor, accounts=tuple(accounts))


def _watched_from(factor: Factor, scripted: int) -> int:
    return 0 if factor in OF_PROFILE else scripted


def _profile(profile: Profile, factor: Factor, treated: bool) -> Profile:
    if factor not in OF_PROFILE:
        return profile
    return replace(profile, **OF_PROFILE[factor][0 if treated else 1])  # type: ignore[arg-type]


def _script(factor: Factor, treated: bool, scripted: int) -> Script:
    alike = tuple(ALIKE[n % len(ALIKE)] for n in range(scripted))
    right, wrong = (1.0,) * scripted, (0.0,) * scripted
    match factor:
        case Factor.ANSWERS:
            return Script(answers=right if treated else wrong)
        case Factor.LAST_ANSWER:
            # Up and down, then up: neither at the top of the pool, nor short of three in a row.
            before = (*(1.0, 0.0) * ((scripted - 3) // 2 + 1), 1.0, 1.0)[1 - scripted :]
            return Script(answers=(*before, 1.0 if treated else 0.0))
        case Factor.ERROR:
            return Script(answers=wrong, error="sign" if treated else "place value")
        case Factor.SPEED:
            return Script(answers=alike, response_ms=2_000 if treated else 60_000)
        case Factor.HINTS:
            return Script(answers=alike, hints=3 if treated else 0)
        case _:
            return Script(answers=alike)


def sit(session: Session, script: Script, n_steps: int) -> tuple[Given, ...]:
    """Go through a session; a stop ends it."""
    steps = list[Given]()
    for n in range(n_steps):
        scripted = n < len(script.answers)
        correct = script.answers[n] if scripted else AFTERWARDS[(n - len(script.answers)) % 2]
        given = step(session, lambda offer: correct, script if scripted else Script(answers=()))  # noqa: B023 (asked at once)
        steps.append(given)
        if given.stopped:
            break
    return tuple(steps)


def step(session: Session, answers: Callable[[Offer], float], how: Script) -> Given:
    """One item and its answer."""
    offer = session.next()
    if isinstance(offer, Stop):
        return Given(
            item="",
            skill="",
            difficulty=None,
            approach="",
            reason=offer.reason.words,
            rests_on=str(offer.reason.rests_on),
            correct=None,
            stopped=True,
            calls_teacher=offer.calls_teacher,
        )
    correct = answers(offer)
    session.answer(
        Reply(
            item=offer.item,
            correct=correct,
            error=how.error if correct < 0.5 else "",
            response_ms=how.response_ms,
            hints=how.hints,
        )
    )
    return Given(
        item=offer.item,
        skill=offer.skill,
        difficulty=offer.difficulty,
        approach=offer.approach,
        reason=offer.reason.words,
        rests_on=str(offer.reason.rests_on),
        correct=correct,
    )


def all_factors(
    tutor: Tutor,
    *,
    seed: int,
    factors: Sequence[Factor] = tuple(Factor),
    blocks: int = BLOCKS,
    tell: Callable[[int, int, str], None] = lambda done, of, what: None,
) -> tuple[Twins, ...]:
    """One run a factor."""
    found = list[Twins]()
    for n, factor in enumerate(factors):
        tell(n, len(factors), str(factor))
        found.append(twins(tutor, factor, seed=seed + 100_000 * (n + 1), blocks=blocks))
    return tuple(found)
