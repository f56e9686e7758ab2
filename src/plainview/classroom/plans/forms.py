"""What people write on these pages: read once, refused with the field's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from plainview.classroom.curriculum.models import Activity, Competency
from plainview.classroom.evidence.models import Helped, Medium
from plainview.classroom.plans.check_in import MOST_MINUTES, PRESET_MINUTES
from plainview.classroom.plans.models import Contest, Group, Proposal
from plainview.classroom.plans.promise import MOST_MINUTES_A_DAY
from plainview.classroom.plans.voice import PRESET_MINUTES as PRESET_IDEA_MINUTES
from plainview.lobby.people.models import Person
from plainview.lobby.people.policy import Denied
from plainview.lobby.people.school_days import next_school_day

FRIDAY = 4


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "short"})


def short_text(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def a_few_minutes() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})


class StepForm(forms.Form):
    """A teacher puts an activity on a child's plan."""

    activity = forms.ModelChoiceField(
        label=_("Activity"), queryset=Activity.objects.none(), empty_label=_("Choose")
    )
    because = forms.CharField(label=_("Why, in words for the child"), max_length=300, required=False)
    with_whom = forms.CharField(
        label=_("With whom"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty to keep the activity's own words."),
    )
    on_paper = forms.BooleanField(label=_("On paper"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = Activity.objects.offered().prefetch_related("competencies")


class GroupForm(forms.Form):
    """Children are ticked, never dragged; the list is alphabetical."""

    title = forms.CharField(label=_("What the group is called"), max_length=80)
    purpose = forms.ChoiceField(label=_("What for"), choices=Group.Purpose.choices)
    competency = forms.ModelChoiceField(
        label=_("About"), queryset=Competency.objects.none(), required=False, empty_label=_("nothing")
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Who"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    begins_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(label=_("Until"), widget=DayInput())
    activity = forms.ModelChoiceField(
        label=_("What they do together"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("no activity"),
        help_text=_("It goes on the plan of each child in the group."),
    )

    def __init__(self, *args, children, on: date, **kwargs) -> None:
        first = next_school_day(on)
        kwargs.setdefault("initial", {}).update(begins_on=first, ends_on=friday_of(first))
        super().__init__(*args, **kwargs)
        _choose_from(children, self.fields["members"])
        self.fields["competency"].queryset = Competency.objects.offered()
        self.fields["activity"].queryset = Activity.objects.offered().filter(group_max__gte=2)


class ApartForm(forms.Form):
    one = forms.ModelChoiceField(
        label=_("One child"), queryset=Person.objects.none(), empty_label=_("Choose")
    )
    other = forms.ModelChoiceField(
        label=_("The other"), queryset=Person.objects.none(), empty_label=_("Choose")
    )

    def __init__(self, *args, children, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(children, *self.fields.values())


class CheckInForm(forms.Form):
    client_key = forms.UUIDField(widget=forms.HiddenInput)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        initial=PRESET_MINUTES,
        widget=a_few_minutes(),
    )
    note = forms.CharField(label=_("What we talked about"), widget=short_text(4), required=False)
    promise = forms.CharField(label=_("What I promised for next time"), max_length=200, required=False)


class PromiseForm(forms.Form):
    minutes = forms.IntegerField(label=_("Minutes with each child"), min_value=1, widget=a_few_minutes())
    every_school_days = forms.IntegerField(
        label=_("Once in so many school days"), min_value=1, max_value=60, widget=a_few_minutes()
    )
    minutes_a_day = forms.IntegerField(
        label=_("Minutes the adults have for it each day"),
        min_value=1,
        max_value=MOST_MINUTES_A_DAY,
        widget=a_few_minutes(),
    )


class CapForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("Screen minutes a day, for each child"), min_value=0, widget=a_few_minutes()
    )


class AskForm(forms.Form):
    asks = forms.CharField(label=_("What would you like to talk about?"), max_length=200, required=False)


class GoalForm(forms.Form):
    words = forms.CharField(
        label=_("What would you like to be able to do?"), max_length=200, widget=short_text()
    )


class ToldGoalForm(GoalForm):
    """The same, told to an adult who writes it down."""

    words = forms.CharField(label=_("In the child's words"), max_length=200, widget=short_text())


class ProposeForm(forms.Form):
    words = forms.CharField(label=_("What is your idea?"), max_length=300, widget=short_text(3))
    medium = forms.ChoiceField(
        label=_("How would you do it?"),
        choices=Medium.choices,
        initial=Medium.HANDS_ON,
        widget=forms.RadioSelect,
    )


CHOOSE_AN_ANSWER = _("Choose yes, later or not this time.")


class AnswerProposalForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[choice for choice in Proposal.Answer.choices if choice[0] != Proposal.Answer.OPEN],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose yes, later or not this time.")
        ),
    )
    words = forms.CharField(label=_("Your words to the child"), max_length=300, required=False)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=240,
        required=False,
        initial=PRESET_IDEA_MINUTES,
        widget=a_few_minutes(),
    )
    with_whom = forms.CharField(label=_("With whom (empty: alone)"), max_length=120, required=False)


class ContestForm(forms.Form):
    wish = forms.ChoiceField(
        label=_("What would you like to say?"), choices=Contest.Wish.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Say it in your own words"), max_length=300, widget=short_text(3))


class SpeakForm(forms.Form):
    """What a child who works on paper says, written down by an adult."""

    IDEA = "idea"

    child = forms.ModelChoiceField(
        label=_("Which child"), queryset=Person.objects.none(), empty_label=_("Choose")
    )
    what = forms.ChoiceField(label=_("What it is"), choices=[(IDEA, _("An idea")), *Contest.Wish.choices])
    competency = forms.ModelChoiceField(
        label=_("About"),
        queryset=Competency.objects.none(),
        required=False,
        empty_label=_("nothing"),
        help_text=_("Not needed for an idea."),
    )
    words = forms.CharField(label=_("In the child's words"), max_length=300, widget=short_text(3))

    def __init__(self, *args, children, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _choose_from(children, self.fields["child"])
        self.fields["competency"].queryset = Competency.objects.offered()

    def clean(self) -> dict:
        said = super().clean()
        if said.get("what") != self.IDEA and not said.get("competency"):
            self.add_error("competency", _("Choose what it is about."))
        return said


class ReplyForm(forms.Form):
    """The second step of a talk, or the third: whichever comes next."""

    words = forms.CharField(max_length=300, widget=short_text())

    def __init__(self, *args, said: Contest, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        is_first = said.stage == Contest.Stage.SAID
        both = _("What you both agreed on, or that you did not")
        self.fields["words"].label = _("Your answer, after you talked") if is_first else both


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer on the practice page. Read by hand: a whole school sends these in the same minute."""

    item: int
    response: str
    hints: int
    helped: Helped
    client_key: UUID

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> Said:
        try:
            return cls(
                item=int(sent["item"][:18]),
                response=sent.get("response", "").replace("\x00", ""),
                hints=_small(sent.get("hints") or "0"),
                helped=Helped(sent.get("helped") or "none"),
                client_key=UUID(sent["client_key"]),
            )
        except (KeyError, ValueError):
            raise Denied(_("This page was not sent whole. Nothing was changed; open it once more.")) from None


def _small(number: str) -> int:
    if not (number.isdecimal() and len(number) <= 2):
        raise ValueError(number)
    return int(number)


def _choose_from(children, *fields: forms.ModelChoiceField) -> None:
    """The children by what they are called, alphabetical as it reads."""
    named = names_of(children)
    for field in fields:
        field.queryset = children
        field.choices = sorted(named.items(), key=lambda pair: pair[1].casefold())
        if not isinstance(field, forms.ModelMultipleChoiceField):
            field.choices = [("", "---------"), *field.choices]


def names_of(children) -> dict[int, str]:
    of_one_name = Counter(child.short_name for child in children)
    return {
        child.pk: child.short_name
        if of_one_name[child.short_name] == 1
        else f"{child.short_name} {child.family_name[:1]}."
        for child in children
    }


def friday_of(on: date) -> date:
    """The Friday of that week; on a weekend, the next one."""
    return on + timedelta(days=(FRIDAY - on.weekday()) % 7)
