"""What a teacher writes on these pages: read once, refused with the field's own words."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from plainview.classroom.curriculum.models import Activity, Competency
from plainview.classroom.curriculum.tongue import spoken
from plainview.classroom.evidence.models import Kind
from plainview.classroom.guidance import lay_out, say
from plainview.classroom.guidance.decide import REVIEW_WITHIN, Change, Why
from plainview.classroom.guidance.models import Reason, StandingDecision, Suggestion
from plainview.classroom.guidance.standing import A_TERM
from plainview.classroom.guidance.switch import KINDS
from plainview.classroom.plans.forms import DayInput, a_few_minutes
from plainview.classroom.plans.set import MOST_MINUTES
from plainview.core.learner.weights import Weights
from plainview.core.rules.card import LEAVE_IT
from plainview.lobby.people.models import Person

MOST_LETTERS = 300
# How much a kind of evidence may count, in words. Other numbers come in by hand only.
HOW_MUCH = [("0", _("not at all")), ("0.3", _("a little")), ("0.6", _("more than half")), ("1", _("fully"))]


class Words(forms.CharField):
    def __init__(self, label, **kwargs) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        super().__init__(label=label, max_length=MOST_LETTERS, required=False, widget=widget, **kwargs)


class OfTheUnit(forms.ModelChoiceField):
    """An activity or a competency, by its identifier; none is an answer, too. The form says which."""

    def __init__(self, model: type[Activity] | type[Competency], label, *, none, **kwargs) -> None:
        may_be_empty = {"required": False, "empty_label": none}
        super().__init__(
            model.objects.none(), label=label, to_field_name="identifier", **may_be_empty, **kwargs
        )


class WhyForm(forms.Form):
    """Reasons in fixed words and in the teacher's own; a day to look again where a card asks less."""

    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), choices=Reason.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = Words(_("In your words"))
    review_on = forms.DateField(label=_("Look again on"), required=False, widget=DayInput())

    def __init__(self, *args, card: Suggestion, on: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not card.lowers_expectation:
            del self.fields["review_on"]
            return
        field = self.fields["review_on"]
        field.help_text = _("Within three weeks. It is needed if you do it.")
        field.initial = card.card["fairness"]["review_by"]
        field.widget.attrs |= {"min": on.isoformat(), "max": (on + REVIEW_WITHIN).isoformat()}

    def why(self) -> Why:
        said = self.cleaned_data
        return Why(reasons=tuple(said["reasons"]), words=said["words"], review_on=said.get("review_on"))


class ChangeForm(forms.Form):
    """What the teacher would rather do: another activity, fewer children, another day, another time."""

    choice = forms.ChoiceField(label=_("What"), widget=forms.RadioSelect)
    activity = OfTheUnit(Activity, _("Or another activity"), none=_("no activity"))
    students = forms.ModelMultipleChoiceField(
        label=_("With whom"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    on = forms.DateField(label=_("On which day"), required=False, widget=DayInput())
    minutes = forms.IntegerField(
        label=_("For how many minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        required=False,
        widget=a_few_minutes(),
        help_text=_("Leave it empty to keep the activity's own time."),
    )

    def __init__(self, *args, card: Suggestion, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [
            (one.name, one.words) for one in in_its_own_order(card) if one.name != LEAVE_IT
        ]
        self.fields["choice"].initial = lay_out.DO
        self.fields["activity"].queryset = Activity.objects.offered().order_by("title")
        self.fields["students"].queryset = card.students.all().by_name()
        self.fields["students"].label_from_instance = lambda child: child.short_name
        self.fields["students"].initial = [child.pk for child in card.students.all()]

    def change(self) -> Change:
        said = self.cleaned_data
        return Change(
            choice=said["choice"] if said["choice"] != lay_out.DO and not said["activity"] else None,
            activity=said["activity"].identifier if said["activity"] else None,
            students=tuple(child.pk for child in said["students"]),
            on=said["on"],
            minutes=said["minutes"],
        )


def in_its_own_order(card: Suggestion) -> list[lay_out.Choice]:
    """The card's own way first, then the others as it names them."""
    names = {one.name: one for one in lay_out.picks(card)}
    return [names[lay_out.DO], *(names[one["name"]] for one in card.card["choices"])]


class IdeaForm(forms.Form):
    """The teacher's own idea. It needs no card."""

    students = forms.ModelMultipleChoiceField(
        label=_("For whom"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    competency = OfTheUnit(Competency, _("About"), none=_("nothing"))
    activity = OfTheUnit(
        Activity,
        _("What they do"),
        none=_("no activity"),
        help_text=_("It goes on each child's plan. Leave it empty if nothing shall stand there."),
    )
    on = forms.DateField(label=_("On which day"), required=False, widget=DayInput())
    because = Words(_("Why, in words the children read"))
    words = Words(_("Why, for the record"), help_text=_("For you and your colleagues."))
    client_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, children, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["students"].queryset = children
        self.fields["students"].label_from_instance = lambda child: child.full_name
        self.fields["competency"].queryset = Competency.objects.offered()
        self.fields["activity"].queryset = Activity.objects.offered().order_by("title")


class WeightsForm(forms.Form):
    """How much each kind of evidence counts."""

    def __init__(self, *args, weights: Weights, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            now = f"{getattr(weights, kind):g}"
            choices = [*HOW_MUCH] if now in dict(HOW_MUCH) else [*HOW_MUCH, (now, now)]
            self.fields[kind] = forms.ChoiceField(
                label=Kind(kind).label, choices=choices, initial=now, widget=forms.RadioSelect
            )

    def weights(self) -> dict[str, float]:
        return {kind: float(self.cleaned_data[kind]) for kind in KINDS}


class StandingForm(forms.Form):
    """'Always' or 'never like this', until a day."""

    reach = forms.ChoiceField(label=_("For"), widget=forms.RadioSelect)
    student = forms.ModelChoiceField(
        label=_("Only for"), queryset=Person.objects.none(), required=False, empty_label=_("every child")
    )
    ends_on = forms.DateField(label=_("Until"), widget=DayInput(), help_text=_("At most one term."))
    words = Words(_("Why"))

    def __init__(self, *args, card: Suggestion, way: str, on: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        only = _("“%(competency)s” only") % {"competency": say.named(card.competency)}
        self.fields["reach"].choices = [
            ("this", spoken(only)),
            ("everything", _("everything this rule is about")),
        ]
        self.fields["reach"].initial = "this"
        _for_a_term(self, card, on=on)
        if way == StandingDecision.Way.ALWAYS:
            del self.fields["student"]


class VetoForm(forms.Form):
    """Someone who serves a child says no for her, in words."""

    student = forms.ModelChoiceField(label=_("For whom"), queryset=Person.objects.none(), empty_label=None)
    words = forms.CharField(label=_("Why"), max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 2}))
    ends_on = forms.DateField(label=_("Until"), widget=DayInput(), help_text=_("At most one term."))

    def __init__(self, *args, card: Suggestion, on: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _for_a_term(self, card, on=on)


def _for_a_term(form: StandingForm | VetoForm, card: Suggestion, *, on: date) -> None:
    """For a child of the card, and for a term at most: half of one, unless another day is chosen."""
    form.fields["student"].queryset = card.students.all().by_name()
    form.fields["student"].label_from_instance = lambda child: child.short_name
    form.fields["ends_on"].initial = on + A_TERM / 2
    form.fields["ends_on"].widget.attrs["max"] = (on + A_TERM).isoformat()
