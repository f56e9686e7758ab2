"""What people write on these pages: read once, refused with the field's own words."""

from collections.abc import Sequence

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models import Exhibit
from plainview.desk.verdicts.conclude import HOLDS_FOR_MONTHS, LONGEST, SHORTEST, Concluding
from plainview.desk.verdicts.condition import Evidence
from plainview.desk.verdicts.found import Found
from plainview.desk.verdicts.gateway import AtGate
from plainview.desk.verdicts.models import (
    SENTENCE,
    WHY,
    WORDS_OF_A_REPLY,
    Change,
    Passing,
    Proof,
)
from plainview.desk.verdicts.publish import MOST_LETTERS
from plainview.desk.verdicts.reopen import Because
from plainview.desk.verdicts.show import DAYS_TO_REPLY, FEWEST_DAYS, MOST_DAYS
from plainview.desk.verdicts.tongues import Both


class Sentence(forms.CharField):
    """One sentence, in the language that its label names."""

    def __init__(self, label, *, language: str, max_length: int = SENTENCE, **kwargs) -> None:
        widget = forms.Textarea(attrs={"rows": 2, "lang": language})
        super().__init__(label=label, max_length=max_length, widget=widget, **kwargs)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class InBoth(forms.Form):
    """A form with words in both languages, each by its own field: ``both("why")`` puts them together."""

    def both(self, name: str) -> Both:
        return Both(en=self.cleaned_data[f"{name}_en"], es=self.cleaned_data[f"{name}_es"])


class ConcludeForm(InBoth):
    word = forms.ChoiceField(label=_("What follows"), widget=forms.RadioSelect)
    sentence_en = Sentence(_("In one sentence, in English"), language="en")
    sentence_es = Sentence(_("The same in Spanish"), language="es")
    why = forms.CharField(
        label=_("Why, where you are more careful than the checks"),
        max_length=WHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands on the page beside the checks’ own word."),
    )
    months = forms.IntegerField(
        label=_("Holds for so many months"),
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=HOLDS_FOR_MONTHS,
    )

    def __init__(self, *args, one: Concluding, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].choices = [(word.value, word.label) for word in one.may_say]
        self.fields["word"].initial = one.verdict.word if one.verdict else one.may_say[0].value
        if one.verdict:
            for name in ("sentence_en", "sentence_es", "why"):
                self.fields[name].initial = getattr(one.verdict, name)


class GateForm(InBoth):
    passing = forms.ChoiceField(label=_("How it stands"), choices=Passing.choices, widget=forms.RadioSelect)
    findings = forms.MultipleChoiceField(
        label=_("It rests on these checks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ratings = forms.TypedMultipleChoiceField(
        label=_("And on what experts settled on"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    why_en = Sentence(_("Why, in English"), language="en")
    why_es = Sentence(_("Why, in Spanish"), language="es")

    def __init__(self, *args, there: AtGate, proposed: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        asks = {one.number: one.asks for one in there.questions}
        self.fields["findings"].choices = [(one.check, one.asks) for one in there.answered]
        self.fields["ratings"].choices = [
            (number, f"{number}. {asks[number]} ({there.levels[number]}/4)") for number in there.rated
        ]
        for name in ("findings", "ratings"):
            if not self.fields[name].choices:
                del self.fields[name]
        self._begin(there, proposed)

    def _begin(self, there: AtGate, proposed: str) -> None:
        """With what was recorded last; else with what the findings alone would say."""
        row = there.recorded
        self.fields["passing"].initial = row.passing if row else proposed
        for name in ("findings", "ratings", "why_en", "why_es"):
            if row and name in self.fields:
                self.fields[name].initial = getattr(row, name)


class ConditionForm(InBoth):
    words_en = Sentence(_("What must be done, in English"), language="en")
    words_es = Sentence(_("The same in Spanish"), language="es")
    owner = forms.CharField(
        label=_("Who is to do it"), max_length=120, help_text=_("An organisation or an office, no name.")
    )
    deadline = forms.DateField(label=_("The last day for it"), widget=DayInput())
    proves_en = Sentence(_("What will prove it, in English"), language="en")
    proves_es = Sentence(_("What will prove it, in Spanish"), language="es")
    claim = forms.ChoiceField(label=_("The claim it rests on"), required=False)
    check = forms.ChoiceField(label=_("The check it rests on"), required=False)

    def __init__(self, *args, what: Found, owner: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].initial = owner
        self.fields["claim"].choices = [("", _("none")), *((one.id, one.says) for one in what.claims)]
        self.fields["check"].choices = [("", _("none")), *((one.check, one.asks) for one in what.checks)]


def _named(one: Exhibit | Proof) -> tuple[str, str]:
    """Two files may have one name: the day tells them apart."""
    at = one.at if isinstance(one, Proof) else one.handed_over_at
    return one.sha256, f"{one.file}, {date_format(timezone.localtime(at), 'DATETIME_FORMAT')}"


class ChangeForm(InBoth):
    kind = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    exhibit = forms.ChoiceField(label=_("The exhibit that shows it"), required=False)
    finding = forms.ChoiceField(label=_("Or the check that does"), required=False)
    why_en = Sentence(_("Why, in English"), language="en")
    why_es = Sentence(_("Why, in Spanish"), language="es")

    def __init__(
        self,
        *args,
        kinds: Sequence[str],
        exhibits: Sequence[Exhibit | Proof],
        checks: Sequence[str],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.value, one.label) for one in Change.Kind if one in kinds]
        self.fields["exhibit"].choices = [("", _("none")), *map(_named, exhibits)]
        self.fields["finding"].choices = [("", _("none")), *((name, name) for name in checks)]

    @property
    def evidence(self) -> Evidence:
        return Evidence(exhibit=self.cleaned_data["exhibit"], finding=self.cleaned_data["finding"])


class WhyForm(forms.Form):
    why = forms.CharField(label=_("Why"), max_length=WHY, widget=forms.Textarea(attrs={"rows": 2}))


class ShowForm(forms.Form):
    days = forms.IntegerField(
        label=_("Days for a reply"), min_value=FEWEST_DAYS, max_value=MOST_DAYS, initial=DAYS_TO_REPLY
    )


class PublishForm(InBoth):
    changelog_en = Sentence(_("What is new, in English"), language="en", max_length=MOST_LETTERS)
    changelog_es = Sentence(_("What is new, in Spanish"), language="es", max_length=MOST_LETTERS)


class SayForm(forms.Form):
    """A reply, or a request for a correction."""

    words = forms.CharField(
        label=_("In your own words"),
        max_length=WORDS_OF_A_REPLY,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Plain text. It is printed as you write it."),
    )


class AnswerForm(InBoth):
    granted = forms.TypedChoiceField(
        label=_("Is it to be corrected?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda raw: raw == "yes",
        widget=forms.RadioSelect,
    )
    why_en = Sentence(_("Why, in English"), language="en")
    why_es = Sentence(_("Why, in Spanish"), language="es")


class ReopenForm(forms.Form):
    because = forms.ChoiceField(label=_("Because of"), choices=Because.choices, widget=forms.RadioSelect)
    version = forms.CharField(label=_("Which version is looked at now"), max_length=60, required=False)
    why = forms.CharField(label=_("What changed"), max_length=180, widget=forms.Textarea(attrs={"rows": 2}))
