"""What people type at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plainview.lobby.people.models import Support, SupportGiven


class BadgeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on your badge"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class SupportForm(forms.ModelForm):
    class Meta:
        model = Support
        fields = ["plan", "term", "words", "exempt_from_screen_cap"]
        labels = {
            "plan": _("From which plan"),
            "term": _("The support, as a fixed word (AfA PNP)"),
            "words": _("In words a colleague understands"),
            "exempt_from_screen_cap": _("Screen minutes with it are not counted"),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Django would begin the list with a row of dashes, which a screen reader spells out.
        plan = self.fields["plan"]
        plan.choices = [("", _("Choose the plan it comes from")), *Support.Plan.choices]


class TickForm(forms.Form):
    outcome = forms.ChoiceField(choices=SupportGiven.Outcome.choices)
