"""A dossier that was read: the product, the plan, and the exhibits by kind.

In:   what the folder's files say (product, plan, exhibit).
Out:  one frozen dossier that every check is given.
Not here: reading the folder (folder), opening an exhibit (the check that asks for it, and log).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from plainview.core.dossier.days import in_words
from plainview.core.mendable import Mendable


class Kind(StrEnum):
    """What an exhibit is."""

    LOG = "log"  # a learning log, of any format that core.logs reads
    GROUPS = "groups"  # a table: student, and a column for each way of grouping
    STUDY = "study"  # an effect study: summary numbers, or rows with a design
    RESPONSES = "responses"  # students x items
    ITEMS = "items"  # the item pool: item, difficulty, key, competency, standards
    SCORES = "scores"  # the same work scored by people and by the product
    PREDICTIONS = "predictions"  # what was foretold or decided of students, and what came
    FRAMEWORK = "framework"  # competencies, as CASE has them
    HAR = "har"  # a capture of a browser's traffic
    CAPTURE = "capture"  # capture.toml: who was signed in, which canaries were typed where
    PROBE = "probe"  # what twins were given, as `plainview probe` wrote it
    TABLE = "table"  # a table that is to be published, for re-identification risk
    POLICY = "policy"  # a text
    CONTRACT = "contract"  # a text
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A file that was handed over, and what was said about it."""

    file: str  # its path inside the dossier, with / between: "exhibits/log.csv"
    path: Path
    kind: Kind
    sha256: str
    n_bytes: int
    settings: Mapping[str, Any] = field(default_factory=dict)  # its table in exhibits/exhibits.toml
    fault: str = ""  # why it cannot be opened: a sentence. Checks that ask for its kind are told it


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What the vendor was asked for and did not hand over. That is a finding too."""

    kind: Kind
    refused_on: str  # a date, as exhibits.toml has it
    asked_on: str = ""
    says: str = ""  # the vendor's reason, in its own words
    claims: tuple[str, ...] = ()  # ids of claims that cannot be tested for it; empty: seen by its kind

    @property
    def sentence(self) -> str:
        asked = f" We had asked for it on {in_words(self.asked_on)}." if self.asked_on else ""
        said = f" It said: “{self.says}”" if self.says else ""
        return f"The vendor refused to hand over the {self.kind} on {in_words(self.refused_on)}.{asked}{said}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the vendor says, in a form that can be tested."""

    id: str
    says: str  # the vendor's own words
    form: Mapping[str, str] = field(
        default_factory=dict
    )  # loop, kind, reacts_to, changes, how_fast, who_decides
    checks: tuple[str, ...] = ()  # the checks that bear on it, without version: "adaptivity.log_test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """product.toml."""

    name: str
    vendor: str
    version: str
    claims: tuple[Claim, ...]
    said: Mapping[str, Any]  # the whole file: who pays and owns, contract, subprocessors, schedule of data


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """plan.toml: fixed before the exhibits are opened."""

    seed: int
    draws: int  # how often chance is drawn, B
    checks: tuple[str, ...]  # empty: all
    bounds: Mapping[
        str, Mapping[str, Any]
    ]  # by check without version: {"adaptivity.log_test": {"bound": .02}}
    frozen_sha256: str | None  # what `plainview dossier freeze` wrote; None: never frozen
    is_as_frozen: bool
    frozen_on: str = ""  # a date, as plan.lock has it
    opened_before: tuple[str, ...] = ()  # exhibits that Plainview had opened before the plan was frozen

    def bound(self, check: str, name: str, default: float) -> float:
        """A bound of the plan, or the method's own."""
        return float(self.bounds.get(check, {}).get(name, default))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One level, by one expert, on one question of the bank."""

    rater: str  # a letter, no name
    question: int  # of the bank
    level: int  # 0 to 4
    file: str
    line: int | None  # None where a file has no lines to name


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What every check is given. Nothing in it changes while it is asked."""

    folder: Path
    product: Product
    plan: Plan
    exhibits: tuple[Exhibit, ...]
    aside: Path  # a folder that lives as long as the review: converted logs and other work
    refusals: tuple[Refusal, ...] = ()
    ratings: tuple[Rating, ...] = ()
    faults: tuple[str, ...] = ()  # what is to be mended, though the rest can be answered; each a sentence
    told: tuple[str, ...] = ()  # what was decided while it was read; each a sentence

    def of_kind(self, kind: Kind) -> tuple[Exhibit, ...]:
        """The exhibits of a kind.

        Raises
        ------
        Mendable
            If one of them cannot be opened: an answer from the others alone would look whole. Exhibits that
            are each answered for by themselves are read by ``unread.each_read``, which says what it left out.
        """
        found = tuple(exhibit for exhibit in self.exhibits if exhibit.kind == kind)
        if faults := [exhibit.fault for exhibit in found if exhibit.fault]:
            raise Mendable(*faults)
        return found
