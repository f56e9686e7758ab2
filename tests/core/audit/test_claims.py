"""What answers mean for a claim. (This page of the manual is made from these tests.)"""

from dataclasses import replace

import pytest
from tests.core.audit.conftest import FOUND, SILENT, answered, named

from plainview.core.audit.check import Bearing
from plainview.core.audit.claims import ASKED_OF, MARKS, Verdict, judged
from plainview.core.audit.review import review
from plainview.core.dossier.dossier import Kind, Refusal

YES, NO, OPEN = (
    replace(FOUND, answer=answer, sentence=f"It {answer}.") for answer in ("does", "does not", "may")
)
BEARING = {"does": Bearing.SUPPORTS, "does not": Bearing.CONTRADICTS}


def verdict(dossier, *answers, refusals=()):
    """The claim names one check for each of these answers."""
    names = tuple(f"adaptivity.x{n}" for n in range(len(answers)))
    checks = [
        named(f"{name}/1", "Is it?", answered(a), **BEARING) for name, a in zip(names, answers, strict=True)
    ]
    made = replace(dossier(adapts=names), refusals=refusals)
    (found,) = judged(review(made, checks={check.name: check for check in checks}))
    return found


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ([YES], Verdict.SUPPORTED),
        ([YES, YES], Verdict.SUPPORTED),
        ([YES, SILENT], Verdict.SUPPORTED),
        ([YES, OPEN], Verdict.INCONCLUSIVE),
        ([OPEN], Verdict.NOT_SUPPORTED),
        ([OPEN, SILENT], Verdict.NOT_SUPPORTED),
        ([NO], Verdict.CONTRADICTED),
        ([YES, NO], Verdict.CONTRADICTED),
        ([SILENT], Verdict.INCONCLUSIVE),
        ([], Verdict.NOT_TESTED),
        ([[YES, YES]], Verdict.SUPPORTED),
        ([[YES, OPEN]], Verdict.NOT_SUPPORTED),
        ([[YES, NO]], Verdict.CONTRADICTED),
    ],
)
def test_a_claim_is_taken_as_a_whole(dossier, answers, word):
    """Each line: what the claim's checks answered, and what that makes of the claim.

    One check that speaks against it contradicts it. It is supported only where all that could be answered
    speaks for it. A check with several answers (one a grouping, say) speaks for it where all of them do.
    """
    assert verdict(dossier, *answers).verdict == word


def test_the_sentence_is_that_of_the_finding_which_the_verdict_rests_on(dossier):
    assert verdict(dossier, YES, NO).sentence == "It does not."
    assert verdict(dossier, YES, SILENT).sentence == "It does. One more check could not be answered."
    assert verdict(dossier, YES, OPEN).sentence == (
        "Part of what we asked speaks for it, part leaves it open. For it: It does. Open: It may."
    )
    assert verdict(dossier, OPEN).sentence == "What we found does not show this. It may."
    assert verdict(dossier, SILENT).sentence.startswith("Cannot say: the dossier holds no study.")


def measured(dossier, *, beside=()):
    """A claim that names a check which only measures: no answer of it bears on anything."""
    only = named(
        "adaptivity.only/1", "How much?", answered(replace(FOUND, answer="measured", sentence="Much."))
    )
    others = [named(f"adaptivity.x{n}/1", "Is it?", answered(one), **BEARING) for n, one in enumerate(beside)]
    names = ("adaptivity.only", *(f"adaptivity.x{n}" for n in range(len(beside))))
    (found,) = judged(review(dossier(adapts=names), checks={one.name: one for one in (only, *others)}))
    return found


def test_a_check_that_only_measures_neither_supports_a_claim_nor_leaves_it_open(dossier):
    """What a study could have seen, say, is no reason to doubt what it did see."""
    found = measured(dossier, beside=[YES])
    assert (found.verdict, found.sentence) == (Verdict.SUPPORTED, "It does.")
    assert measured(dossier, beside=[OPEN]).sentence == "What we found does not show this. It may."
    alone = measured(dossier)
    assert alone.verdict == Verdict.INCONCLUSIVE
    assert alone.sentence == "What we measured speaks neither for it nor against it. Much."


REFUSED = Refusal(kind=Kind.LOG, refused_on="2026-03-01", says="No.")


def test_a_refusal_is_a_verdict_of_its_own_where_nothing_else_can_be_said(dossier):
    found = verdict(dossier, SILENT, refusals=(REFUSED,))
    assert (found.verdict, found.mark) == (Verdict.REFUSED, "refused")
    assert found.sentence == "The vendor refused to hand over the log on 1 March 2026. It said: “No.”"
    assert verdict(dossier, YES, refusals=(REFUSED,)).verdict == Verdict.SUPPORTED


def test_a_refusal_concerns_the_claims_that_it_names_or_those_that_need_its_kind(dossier):
    assert (
        verdict(dossier, SILENT, refusals=(replace(REFUSED, kind=Kind.HAR),)).verdict == Verdict.INCONCLUSIVE
    )
    named = replace(REFUSED, kind=Kind.OTHER, claims=("adapts",))
    assert verdict(dossier, SILENT, refusals=(named,)).verdict == Verdict.REFUSED
    others = replace(REFUSED, claims=("works",))
    assert verdict(dossier, SILENT, refusals=(others,)).verdict == Verdict.INCONCLUSIVE


def test_a_check_that_was_not_asked_says_so(dossier):
    (found,) = judged(review(dossier(adapts=("adaptivity.log_test",)), checks={}))
    assert found.verdict == Verdict.INCONCLUSIVE
    assert found.sentence == "The check adaptivity.log_test was not asked."


def test_every_word_has_its_mark_and_every_kind_its_questions():
    assert set(MARKS) == set(Verdict)
    assert set(ASKED_OF) == set(Kind)
