"""What a contract must say so that a product can be reviewed: the Minimum Review Dataset and five more clauses.

In:   the language that is set.
Out:  the clauses in their order, each a heading and paragraphs. One text, for kits and for the register.
Not here: the product, its conditions and its law; they stand below these.
"""
# ruff: noqa: E501 - a clause is easier to read on one line

from dataclasses import dataclass

from django.utils.translation import gettext as _

from plainview.core.logs.attempt import COLUMNS, REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    heading: str
    paragraphs: tuple[str, ...]


def clauses() -> tuple[Clause, ...]:
    return (
        Clause(heading=_("1. Minimum Review Dataset."), paragraphs=_dataset()),
        Clause(heading=_("2. Right to review."), paragraphs=(_right(),)),
        Clause(heading=_("3. Notice of versions."), paragraphs=(_notice(),)),
        Clause(heading=_("4. The teacher decides."), paragraphs=(_teacher(),)),
        Clause(heading=_("5. Data."), paragraphs=(_data(),)),
        Clause(heading=_("6. Exit."), paragraphs=(_exit(),)),
    )


def _dataset() -> tuple[str, ...]:
    """The columns are the learning log's own: what the checks read is what a vendor hands over."""
    log = _("At the district’s request, and at least once a school year, the vendor hands over within 30 days a complete log of every task that a student of the district was given, as one file of comma-separated values or Parquet, one row for each student’s attempt at one item, with students under pseudonyms that the district sets or can resolve. The columns are:")  # fmt: skip
    filled = _("The columns %(names)s must be filled in every row. A column that the vendor does not have is left empty and named in writing with the reason. “assigned_by” says for every task whether the algorithm, the teacher, the student or a fixed order chose it; “reason” holds the reason that the product had.")  # fmt: skip
    besides = _("With the log come the bank of items with its parameters, a list of every decision that the product makes about a child and who can see, change or refuse it, and every study of its effects, also those that found none.")  # fmt: skip
    return f"{log}\n{', '.join(COLUMNS)}.", filled % {"names": ", ".join(REQUIRED)}, besides


def _right() -> str:
    return _("The district, or an independent reviewer whom it names, may examine and test the product with test accounts that behave as those of students, read how it decides, and publish what it finds. The vendor does not forbid, delay or make publication depend on its consent. It may reply, and its reply is published beside the findings.")  # fmt: skip


def _notice() -> str:
    return _("The vendor tells the district in writing at least 30 days before any change of how the product chooses, scores, estimates or recommends, or of who receives data. Each log names the version that made it.")  # fmt: skip


def _teacher() -> str:
    return _("A teacher can change, skip or refuse any decision about a student, and that holds until the teacher changes it.")  # fmt: skip


def _data() -> str:
    return _("The vendor uses personal information of students only to serve the district, under its direct control. It does not sell it, does not use it for advertising, and does not use it to develop or improve products without the district’s written consent. It names every recipient before data go there.")  # fmt: skip


def _exit() -> str:
    return _("At the end of the contract, on a sale, a closure or a breach of these clauses, the district gets a complete export that can be used elsewhere within 10 days, then proof of deletion within 30 days. A breach lets the district end the contract without cost and get back what was paid for the time that is left.")  # fmt: skip
