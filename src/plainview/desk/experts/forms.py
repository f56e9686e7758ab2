"""What may be typed on this room's pages.

In:   what was sent.
Out:  checked words and levels; sentences where something cannot be taken.
Not here: who may send it.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from plainview.core.dossier.bank import HIGHEST, LOWEST
from plainview.desk.experts.anchors import Anchored
from plainview.desk.experts.models import Invitation
from plainview.lobby.people.models import Person, Role

YES_NO = [("no", _("no")), ("yes", _("yes"))]
APART = "apart"


def words(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AskForm(forms.Form):
    """Which expert to ask: those who are entered here and have not been asked."""

    expert = forms.ModelChoiceField(label=_("Expert"), queryset=Person.objects.none())

    def __init__(self, *args, review, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        asked = Invitation.objects.filter(review=review).values("expert")
        experts = Person.objects.filter(role=Role.EXPERT, is_active=True).exclude(pk__in=asked)
        self.fields["expert"].queryset = experts.by_name()


class BeginForm(forms.Form):
    practice_bar = forms.IntegerField(
        label=_("How many of 100 levels in practice must lie within one of the key"),
        help_text=_("Leave it empty to ask for practice, and for no score."),
        min_value=1,
        max_value=100,
        required=False,
    )


class LetGoForm(forms.Form):
    why = forms.CharField(label=_("Why the panel goes on without her"), max_length=300)


class AnswerForm(forms.Form):
    why_not = forms.CharField(label=_("If you say no: why"), max_length=300, required=False)


def yes_or_no(label) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=YES_NO, coerce=lambda said: said == "yes", widget=forms.RadioSelect
    )


class DeclareForm(forms.Form):
    """Nothing is chosen beforehand: an interest is declared, not overlooked."""

    took_part_in_building = yes_or_no(_("Did you have a part in building it?"))
    took_part_in_distributing = yes_or_no(_("Did you have a part in selling or spreading it?"))
    took_part_in_buying = yes_or_no(_("Did you have a part in buying it, for a school or a district?"))
    has_financial_interest = yes_or_no(_("Do you, or people close to you, gain or lose money by it?"))
    role_words = forms.CharField(
        label=_("What you are"),
        help_text=_("As readers will see it, such as: a teacher of mathematics, grade 5."),
        max_length=120,
    )
    words = forms.CharField(
        label=_("What else readers should know"), max_length=1000, required=False, widget=words(3)
    )
    may_be_named = forms.BooleanField(
        label=_("My name may stand beside it. Otherwise a letter stands there."), required=False
    )


def level_field(question: Anchored, *, empty: str = "", required: bool = False) -> forms.ChoiceField:
    """0 to 4, each with its sentence; perhaps one more for "none of these"."""
    choices = [(str(n), f"{n} – {sentence}") for n, sentence in enumerate(question.levels)]
    return forms.ChoiceField(
        label=question.asks,
        choices=[*choices, *([(APART, empty)] if empty else [])],
        widget=forms.RadioSelect,
        required=required,
    )


def level_of(said: str) -> int | None:
    return int(said) if said.isdecimal() and LOWEST <= int(said) <= HIGHEST else None


class RateForm(forms.Form):
    """One question of the ballot. A level, or a reason why there is none; a note either way."""

    note = forms.CharField(label=_("What you saw"), max_length=2000, required=False, widget=words())
    cannot_because = forms.CharField(label=_("If you cannot rate it: why"), max_length=300, required=False)

    def __init__(self, *args, question: Anchored, **kwargs) -> None:
        super().__init__(*args, auto_id=f"q{question.number}-%s", **kwargs)
        self.question = question
        self.fields["level"] = level_field(question, empty=str(_("I cannot rate this; I say why below")))
        self.order_fields(["level", "note", "cannot_because"])

    def clean(self) -> dict:
        said = super().clean()
        chosen, why = said.get("level") or "", said.get("cannot_because")
        said["level"] = level_of(chosen)
        if said["level"] is not None and why:
            self.add_error("cannot_because", _("Give a level, or say why you cannot: not both."))
        if chosen == APART and not why:
            self.add_error("cannot_because", _("Say why you cannot rate this."))
        return said


class LeaveForm(forms.Form):
    because = forms.CharField(label=_("Why you cannot rate the rest of this part"), max_length=300)


class PracticeForm(forms.Form):
    """All questions of one made-up product. What is not chosen yet may wait."""

    def __init__(self, *args, questions: list[Anchored], **kwargs) -> None:
        super().__init__(*args, auto_id="p-%s", **kwargs)
        self.numbers = [question.number for question in questions]
        for question in questions:
            self.fields[f"q{question.number}"] = level_field(question)
            self.fields[f"n{question.number}"] = forms.CharField(
                label=_("Why this level"), max_length=500, required=False
            )

    @property
    def levels(self) -> dict[int, int]:
        said = {number: level_of(self.cleaned_data[f"q{number}"]) for number in self.numbers}
        return {number: level for number, level in said.items() if level is not None}

    @property
    def notes(self) -> dict[int, str]:
        return {number: self.cleaned_data[f"n{number}"] for number in self.numbers}


class ReviseForm(forms.Form):
    because = forms.CharField(label=_("What made you think again"), max_length=1000, widget=words())

    def __init__(self, *args, question: Anchored, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["level"] = level_field(
            question, empty=str(_("I would rather not rate it")), required=True
        )
        self.order_fields(["level", "because"])


class NoteForm(forms.Form):
    why = forms.CharField(label=_("How they came to this"), max_length=1000, widget=words())

    def __init__(self, *args, question: Anchored, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.question = question
        self.fields["level"] = level_field(question, empty=str(_("They stay apart")), required=True)
        self.order_fields(["level", "why"])
