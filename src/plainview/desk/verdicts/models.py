"""What people conclude from the findings. Every row is added and never changed: the newest of a kind holds.

A row keeps what it rested on word for word (the vendor's claim, the word that the checks alone led to), so
that nothing that is edited later rewrites why.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models import Product, Review
from plainview.desk.verdicts.tongues import in_readers
from plainview.lobby.people.models import Person

SHA256 = 64
SENTENCE = 600
WHY = 600
WORDS_OF_A_REPLY = 6000  # letters: about two printed pages


class Word(models.TextChoices):
    """What is concluded about a claim: the words of core.audit.claims, and no others."""

    SUPPORTED = "supported", _("supported")
    NOT_SUPPORTED = "not supported", _("not supported")
    CONTRADICTED = "contradicted", _("contradicted")
    INCONCLUSIVE = "inconclusive", _("inconclusive")
    REFUSED = "refused", _("refused")
    NOT_TESTED = "not tested", _("not tested")


class Mark(models.TextChoices):
    """What a row of the label says. The values are those of a page that is published."""

    SHOWN = "shown", _("shown")
    NOT_SHOWN = "not_shown", _("not shown")
    SHOWN_NOT_TO = "shown_not_to", _("shown not to")
    CANNOT_SAY = "cannot_say", _("cannot say")
    REFUSED = "refused", _("refused")
    NOT_TESTED = "not_tested", _("not tested")


MARK_OF: dict[Word, Mark] = {
    Word.SUPPORTED: Mark.SHOWN,
    Word.NOT_SUPPORTED: Mark.NOT_SHOWN,
    Word.CONTRADICTED: Mark.SHOWN_NOT_TO,
    Word.INCONCLUSIVE: Mark.CANNOT_SAY,
    Word.REFUSED: Mark.REFUSED,
    Word.NOT_TESTED: Mark.NOT_TESTED,
}


class Verdict(models.Model):
    """What was concluded about one claim. Who concludes may be more careful than the checks, never bolder."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "claim": _("nothing"),
        "says": _("nothing"),
        "proposed": _("nothing"),
        "proposed_sentence": _("nothing"),
        "checks": _("nothing"),
        "word": _("nothing"),
        "sentence_en": _("nothing"),
        "sentence_es": _("nothing"),
        "why": _("the reason that was given"),
        "holds_until": _("nothing"),
        "by": _("who concluded"),
        "at": _("when"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="verdicts")
    claim = models.CharField(max_length=60)  # its id in the dossier
    says = models.TextField()  # the claim as it stood on that day
    proposed = models.CharField(max_length=14, choices=Word)  # what the checks alone lead to
    proposed_sentence = models.TextField()
    checks = models.JSONField()  # the checks it rests on, by name
    word = models.CharField(max_length=14, choices=Word)
    sentence_en = models.CharField(max_length=SENTENCE)
    sentence_es = models.CharField(max_length=SENTENCE)
    why = models.CharField(max_length=WHY, blank=True)  # of a word that is more careful than the checks'
    holds_until = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verdicts_a_bold_word_is_the_checks_own",
                condition=~Q(word__in=[Word.SUPPORTED, Word.CONTRADICTED, Word.REFUSED])
                | Q(word=F("proposed")),
            ),
            models.CheckConstraint(
                name="verdicts_another_word_has_a_reason", condition=Q(word=F("proposed")) | ~Q(why="")
            ),
            models.CheckConstraint(
                name="verdicts_a_verdict_has_a_sentence_in_both_languages",
                condition=~Q(sentence_en="") & ~Q(sentence_es=""),
            ),
            models.CheckConstraint(name="verdicts_a_known_word", condition=Q(word__in=Word.values)),
        ]
        indexes = [models.Index(fields=["review", "claim", "-at"], name="verdicts_newest_of_a_claim")]

    def __str__(self) -> str:
        return f"{self.claim}: {self.word}"

    @property
    def sentence(self) -> str:
        return in_readers(self, "sentence")

    @property
    def is_more_careful(self) -> bool:
        return self.word != self.proposed

    @property
    def mark(self) -> Mark:
        return MARK_OF[Word(self.word)]


class Gate(models.TextChoices):
    """The gateways, in the order in which a product comes to them."""

    G1 = "G1", _("safety and rights")
    G2 = "G2", _("adaptivity and instruments")
    G3 = "G3", _("pedagogy, teachers’ control and workload")
    G4 = "G4", _("whether it works")


class Passing(models.TextChoices):
    PASSED = "passed", _("passed")
    NOT_PASSED = "not passed", _("not passed")
    CANNOT_SAY = "cannot say", _("cannot say")


class Gateway(models.Model):
    """How a review stands at one gateway, and on which findings and ratings that rests."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "gate": _("nothing"),
        "passing": _("nothing"),
        "why_en": _("nothing"),
        "why_es": _("nothing"),
        "findings": _("nothing"),
        "ratings": _("nothing"),
        "by": _("who recorded it"),
        "at": _("when"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="gateways")
    gate = models.CharField(max_length=2, choices=Gate)
    passing = models.CharField(max_length=10, choices=Passing)
    why_en = models.CharField(max_length=SENTENCE)
    why_es = models.CharField(max_length=SENTENCE)
    findings = models.JSONField(default=list)  # checks, by name
    ratings = models.JSONField(default=list)  # questions of the bank, by number
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verdicts_a_gateway_says_why_in_both_languages",
                condition=~Q(why_en="") & ~Q(why_es=""),
            ),
            models.CheckConstraint(
                name="verdicts_a_gateway_rests_on_something",
                condition=Q(passing=Passing.CANNOT_SAY) | ~Q(findings=[]) | ~Q(ratings=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gate}: {self.passing}"

    @property
    def why(self) -> str:
        return in_readers(self, "why")


class Condition(models.Model):
    """What a vendor (or whoever is named) is to do, by when, and what will prove it.

    Its words and its day are never changed: what should read otherwise is withdrawn, in public, and set anew.
    """

    PRIVACY = {
        "id": _("nothing"),
        "product": _("nothing"),
        "number": _("nothing"),
        "review": _("nothing"),
        "words_en": _("nothing"),
        "words_es": _("nothing"),
        "owner": _("nothing"),
        "deadline": _("nothing"),
        "proves_en": _("nothing"),
        "proves_es": _("nothing"),
        "claim": _("nothing"),
        "check_name": _("nothing"),
        "by": _("who set it"),
        "at": _("when"),
    }

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="conditions")
    number = models.PositiveSmallIntegerField()  # within the product, over all its reviews
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="conditions")
    words_en = models.CharField(max_length=SENTENCE)
    words_es = models.CharField(max_length=SENTENCE)
    owner = models.CharField(max_length=120)  # who is to do it: an organisation or an office, never a name
    deadline = models.DateField()  # the last day on which it is in time
    proves_en = models.CharField(max_length=SENTENCE)
    proves_es = models.CharField(max_length=SENTENCE)
    claim = models.CharField(max_length=60, blank=True)
    check_name = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="verdicts_one_condition_a_number"),
            models.CheckConstraint(
                name="verdicts_a_condition_says_what_proves_it",
                condition=~Q(words_en="") & ~Q(words_es="") & ~Q(proves_en="") & ~Q(proves_es=""),
            ),
            models.CheckConstraint(
                name="verdicts_a_condition_rests_on_a_claim_or_a_check",
                condition=~Q(claim="") | ~Q(check_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def words(self) -> str:
        return in_readers(self, "words")

    @property
    def proves(self) -> str:
        return in_readers(self, "proves")

    @property
    def code(self) -> str:
        """How pages and events name it."""
        return f"c{self.number}"


class Change(models.Model):
    """What became of a condition. That it is overdue is no row: it follows from the deadline and the day."""

    class Kind(models.TextChoices):
        MET = "met", _("met")
        BREACHED = "breached", _("breached")
        WITHDRAWN = "withdrawn", _("withdrawn")

    PRIVACY = {
        "id": _("nothing"),
        "condition": _("nothing"),
        "kind": _("nothing"),
        "why_en": _("nothing"),
        "why_es": _("nothing"),
        "exhibit": _("nothing"),
        "finding": _("nothing"),
        "by": _("who says so"),
        "at": _("when"),
    }

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    why_en = models.CharField(max_length=SENTENCE)
    why_es = models.CharField(max_length=SENTENCE)
    exhibit = models.CharField(max_length=SHA256, blank=True)  # the hash of what proves it
    finding = models.CharField(max_length=80, blank=True)  # or the check that does
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verdicts_what_is_met_has_evidence",
                condition=Q(kind="withdrawn") | ~Q(exhibit="") | ~Q(finding=""),
            ),
            models.CheckConstraint(
                name="verdicts_a_change_says_why", condition=~Q(why_en="") & ~Q(why_es="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition}: {self.kind}"

    @property
    def why(self) -> str:
        return in_readers(self, "why")


class Proof(models.Model):
    """A file that was handed over to show that a condition is met."""

    PRIVACY = {
        "id": _("nothing"),
        "condition": _("nothing"),
        "file": _("nothing"),
        "sha256": _("nothing"),
        "n_bytes": _("nothing"),
        "by": _("who handed it over"),
        "at": _("when"),
    }

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="proofs")
    file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=SHA256)
    n_bytes = models.PositiveBigIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["condition", "sha256"], name="verdicts_one_proof_a_file")
        ]

    def __str__(self) -> str:
        return self.file


class Letter(models.Model):
    """A letter about a condition, as it was sent."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("notice of a condition")
        REMINDER = "reminder", _("reminder")
        OVERDUE = "overdue", _("notice that a condition is overdue")

    PRIVACY = {
        "id": _("nothing"),
        "condition": _("nothing"),
        "kind": _("nothing"),
        "subject": _("nothing"),
        "body": _("nothing"),
        "n_sent": _("nothing"),
        "by": _("who sent it"),
        "at": _("when"),
    }

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    n_sent = (
        models.PositiveSmallIntegerField()
    )  # to how many of the vendor's contacts; their addresses are not kept
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)  # null: the clock
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["condition", "kind"], name="verdicts_one_letter_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.condition}: {self.kind}"


class Draft(models.Model):
    """The page as the vendor was shown it, and until when it may answer."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "page": _("nothing"),
        "page_sha256": _("nothing"),
        "until": _("nothing"),
        "by": _("who showed it"),
        "at": _("when"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="drafts")
    page = models.TextField()
    page_sha256 = models.CharField(max_length=SHA256)
    until = models.DateField()  # the last day for a reply
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.review}, draft of {self.at:%Y-%m-%d}"


class Reply(models.Model):
    """What the vendor says about the page, in its own words. The newest stands beside the verdict."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "words": _("what a vendor’s contact wrote"),
        "by": _("who replied for the vendor"),
        "at": _("when"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="replies")
    words = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="verdicts_a_reply_has_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return self.words[:40]


class Correction(models.Model):
    """Something that a vendor holds to be wrong on its page, with a day by which it is answered."""

    PRIVACY = {
        "id": _("nothing"),
        "review": _("nothing"),
        "words": _("what a vendor’s contact wrote"),
        "answer_by": _("nothing"),
        "by": _("who asks for the vendor"),
        "at": _("when"),
    }

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="corrections")
    words = models.TextField()
    answer_by = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.words[:40]


class CorrectionAnswer(models.Model):
    """What was answered. A yes is carried out in a new publication, never in the old one."""

    PRIVACY = {
        "id": _("nothing"),
        "correction": _("nothing"),
        "granted": _("nothing"),
        "why_en": _("nothing"),
        "why_es": _("nothing"),
        "by": _("who answered"),
        "at": _("when"),
    }

    correction = models.OneToOneField(Correction, on_delete=models.PROTECT, related_name="answer")
    granted = models.BooleanField()
    why_en = models.CharField(max_length=SENTENCE)
    why_es = models.CharField(max_length=SENTENCE)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verdicts_an_answer_says_why", condition=~Q(why_en="") & ~Q(why_es="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.correction}: {self.granted}"

    @property
    def why(self) -> str:
        return in_readers(self, "why")
