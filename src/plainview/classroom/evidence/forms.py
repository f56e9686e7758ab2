"""What people type and tap in this room."""

from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence import images, languages
from plainview.classroom.evidence.models import Evidence, Helped, Judgement, Kind, Medium
from plainview.classroom.evidence.policy import NotTaken
from plainview.classroom.evidence.record import Seen

LONGEST_WORDS = 4000
WORDS = {"rows": 3, "autocapitalize": "sentences"}

# What one taps, and what it says. With help is evidence too: how far a child gets, and with whom.
OUTCOMES = {
    "alone": (1.0, Helped.NONE),
    "helped": (1.0, None),  # by whom, the fold says; an adult where nobody says
    "not_yet": (0.0, Helped.NONE),
    "words": (None, Helped.NONE),
}
HELPERS = [(helped.value, helped.label) for helped in (Helped.ADULT, Helped.PEER, Helped.TOOL)]
SHOWN = [
    ("1", _("showed it")),
    ("0.5", _("showed it partly")),
    ("0", _("not yet, this time")),
    ("", _("words only, nobody says")),
]
# "Not enough" could be heard as "not enough evidence": where a teacher chooses it, it says what it means.
JUDGED = [
    (Judgement.State.NOT_ENOUGH.value, _("not enough yet: looked at, not shown yet")),
    *[(one.value, one.label) for one in Judgement.State if one != Judgement.State.NOT_ENOUGH],
]


class Once(forms.Form):
    """Each form carries a random number made when the page was drawn: pressed twice, it counts once."""

    client_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def clean_client_key(self):
        return self.cleaned_data["client_key"] or uuid4()


class CaptureForm(Once):
    children = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Tap a name: one child or several.")}
    )
    competency = forms.CharField(required=False, max_length=40)
    outcome = forms.ChoiceField(
        choices=[(name, name) for name in OUTCOMES],
        error_messages={"required": _("Press one of the buttons at the end: what did you see?")},
    )
    words = forms.CharField(required=False, max_length=LONGEST_WORDS)
    photo = forms.FileField(required=False, allow_empty_file=True)
    kind = forms.ChoiceField(
        choices=[(k.value, k.label) for k in (Kind.OBSERVATION, Kind.TALK, Kind.WORK, Kind.RUBRIC)]
    )
    helper = forms.ChoiceField(choices=HELPERS, required=False)
    medium = forms.ChoiceField(choices=Medium.choices)
    language = forms.ChoiceField()
    on = forms.DateField(required=False)

    def __init__(self, *args, tiles=(), too_large: bool = False, spoken=(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        self.fields["children"].choices = [(tile.pk, tile.name) for tile in tiles]
        # A child who left the class since the page was drawn, and one who was never in it, are told alike.
        self.fields["children"].error_messages["invalid_choice"] = _(
            "One of these children is not in the class any more. Choose again."
        )
        self.fields["language"].choices = languages.choices(spoken)

    def clean_photo(self):
        """The picture as we keep it, or None."""
        if self.too_large:
            raise forms.ValidationError(images.too_big())
        sent = self.cleaned_data["photo"]
        if not sent:
            return None
        try:
            return images.redraw(sent)
        except NotTaken as fault:
            raise forms.ValidationError(str(fault)) from fault

    def seen(self, *, competency: Competency | None, on: date) -> Seen:
        """What was seen, as the deed takes it."""
        said = self.cleaned_data
        shown, helped = OUTCOMES[said["outcome"]]
        is_work = said["photo"] is not None and said["kind"] == Kind.OBSERVATION
        return Seen(
            kind=Kind.WORK if is_work else Kind(said["kind"]),
            competency=competency,
            shown=shown,
            helped=helped if helped is not None else Helped(said["helper"] or Helped.ADULT),
            words=said["words"],
            language=said["language"],
            medium=Medium(said["medium"]),
            on=on,
        )


class SelfAssessmentForm(Once):
    competency = forms.CharField(max_length=40, error_messages={"required": _("Choose what it is about.")})
    outcome = forms.ChoiceField(
        choices=[(name, name) for name in OUTCOMES],
        error_messages={"required": _("Press one of the buttons: what do you think?")},
    )
    words = forms.CharField(required=False, max_length=LONGEST_WORDS)


class CorrectionForm(Once):
    """Put a row right, or take it back: two buttons, one reason."""

    shown = forms.ChoiceField(
        label=_("What it showed"), choices=SHOWN, required=False, widget=forms.RadioSelect
    )
    response = forms.CharField(label=_("The answer, as it stands on the paper"), max_length=200)
    competency = forms.ModelChoiceField(
        label=_("What it is about"), queryset=None, required=False, empty_label=_("nothing")
    )
    words = forms.CharField(
        label=_("In words"), required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(WORDS)
    )
    helped = forms.ChoiceField(label=_("Help"), choices=Helped.choices)
    medium = forms.ChoiceField(
        label=pgettext_lazy("how a child showed something", "How"), choices=Medium.choices
    )
    language = forms.ChoiceField(label=_("In which language"))
    on = forms.DateField(label=_("On which day"), widget=forms.DateInput({"type": "date"}))
    why = forms.CharField(
        label=_("Why it is put right or taken back"),
        help_text=_("The family can read this."),
        max_length=Evidence._meta.get_field("why").max_length,
    )

    def __init__(self, *args, evidence: Evidence, competencies, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competency"].queryset = competencies
        self.fields["language"].choices = languages.choices([evidence.language])
        # What a child answered on a screen stays; on paper someone may have misread it.
        if evidence.kind != Kind.ANSWER or evidence.medium == Medium.SCREEN:
            del self.fields["response"]
        if evidence.kind == Kind.ANSWER:
            del self.fields["competency"]

    def clean_shown(self) -> float | None:
        return float(self.cleaned_data["shown"]) if self.cleaned_data["shown"] else None

    def changes(self) -> dict:
        """Only what differs from the row: an answer that was not read again is not marked again."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.changed_data and name not in ("client_key", "why")
        }


class AmendmentForm(forms.Form):
    words = forms.CharField(
        label=_("What should be put right, or what you want to say beside it"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(WORDS),
    )


class AnswerToFamilyForm(forms.Form):
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("The family reads it. To change a row, correct the row itself."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(WORDS),
    )


class JudgementForm(forms.Form):
    state = forms.ChoiceField(label=_("I hold that this is"), choices=JUDGED, widget=forms.RadioSelect)
    words = forms.CharField(label=_("Because"), required=False, max_length=300, widget=forms.Textarea(WORDS))
