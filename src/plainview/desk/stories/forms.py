"""What people write on the pages of this room."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext_lazy as _

from plainview.desk.reviews.models import Product
from plainview.desk.stories import policy, slips
from plainview.desk.stories.models import Fact, Reason, Teller, Theme
from plainview.desk.stories.states import STATES

LONGEST, SHORTEST = 6000, 40
# What a browser would offer next time to whoever sits at the same computer.
NOTHING_KEPT = {"autocomplete": "off"}


class StoryForm(forms.Form):
    product = forms.ModelChoiceField(
        label=_("Which product?"),
        queryset=Product.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose a product"),
        widget=forms.Select(attrs=NOTHING_KEPT),
    )
    teller = forms.ChoiceField(label=_("Who are you?"), choices=Teller.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_(
            "What you saw yourself, in your own words. Leave out names, days and schools: the next page "
            "marks what we find, and you decide."
        ),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, **NOTHING_KEPT}),
    )
    themes = forms.MultipleChoiceField(
        label=_("What is it about?"),
        choices=Theme.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    state = forms.ChoiceField(
        label=_("In which state?"),
        help_text=_("It is shown with the story. You can leave it out."),
        choices=[("", _("I do not say")), *STATES.items()],
        required=False,
        widget=forms.Select(attrs=NOTHING_KEPT),
    )
    district = forms.CharField(
        label=_("In which district?"),
        help_text=_("It is shown only when three stories of the district are there. You can leave it out."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=NOTHING_KEPT),
    )
    slip = forms.CharField(
        label=_("The code on your slip, if you drew one"),
        help_text=_("It says that you work at a school, and not who you are."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", **NOTHING_KEPT}),
    )

    def __init__(self, *args, may_try: Callable[[], bool] = lambda: True, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.may_try = may_try  # whether the place it comes from may try one more slip within the hour
        self.fields["product"].queryset = policy.products_known_to_all().order_by("name")

    def clean_slip(self) -> str:
        typed = self.cleaned_data["slip"].strip()
        if typed:
            if not self.may_try():
                raise forms.ValidationError(
                    _("This came many times from your network within this hour. Try again in the next.")
                )
            try:
                slips.check_is_good(typed)
            except slips.UnknownSlip as fault:
                raise forms.ValidationError(str(fault)) from fault
        return typed

    def clean(self) -> dict:
        said = super().clean()
        if said.get("district") and not said.get("state"):
            self.add_error("state", _("A district needs its state. Or leave out both."))
        return said


class WithdrawForm(forms.Form):
    code = forms.CharField(
        label=_("The code you were shown when you told it"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", **NOTHING_KEPT}),
    )


class SheetForm(forms.Form):
    n = forms.IntegerField(
        label=_("How many slips?"),
        initial=30,
        min_value=slips.FEWEST_DRAWN,
        max_value=slips.MOST_ON_A_SHEET,
    )


class OpenForm(forms.Form):
    n_drawn = forms.IntegerField(label=_("How many educators drew one?"), min_value=slips.FEWEST_DRAWN)


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why?"), choices=[("", _("Choose a reason")), *[r for r in Reason.choices if r[0]]]
    )


class FactForm(forms.Form):
    says = forms.CharField(label=_("Words of the story, just as they stand"), max_length=300)
    standing = forms.ChoiceField(label=_("What is known of it?"), choices=Fact.Standing.choices)
    check = forms.ChoiceField(label=_("The published finding"), required=False)

    def __init__(self, *args, checks: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check"].choices = [("", _("none")), *checks]


class ReplyForm(forms.Form):
    words = forms.CharField(
        label=_("Your reply"),
        help_text=_("It stands beside the story with its day. Name nobody: a steward reads it first."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
