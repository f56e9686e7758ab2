"""What an officer writes: read once, refused with the field's own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plainview.desk.register.models import Contract, Use

CONTRACTS, USES = "contracts", "uses"


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "short"})


class ContractForm(forms.ModelForm):
    class Meta:
        model = Contract
        fields = [
            *("name", "vendor", "starts_on", "ends_on", "notice_days"),
            *("cost", "currency", "who_pays", "product"),
        ]
        labels = {
            "name": _("Product"),
            "vendor": _("Vendor"),
            "starts_on": _("Contract from"),
            "ends_on": _("Contract until"),
            "notice_days": _("Days of notice"),
            "cost": _("Cost a year"),
            "currency": _("Currency"),
            "who_pays": _("Who pays"),
            "product": _("Its page here"),
        }
        help_texts = {
            "ends_on": _("Leave it empty where the contract goes on."),
            "product": _(
                "Leave it empty: a page is found by the product's name. Choose one where names differ."
            ),
        }
        widgets = {"starts_on": DayInput(), "ends_on": DayInput()}

    def __init__(self, *args, pages, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(self.instance.product, self.instance.product)] if self.instance.product else []
        choices = [("", _("found by name")), *pages, *(one for one in chosen if one[0] not in dict(pages))]
        self.fields["product"] = forms.ChoiceField(
            label=self.fields["product"].label,
            help_text=self.fields["product"].help_text,
            choices=choices,
            required=False,
        )
        self.fields["currency"].min_length = 3
        for name in ("notice_days", "cost", "currency"):
            self.fields[name].widget.attrs["class"] = "short"

    def clean_currency(self) -> str:
        told = self.cleaned_data["currency"].upper()
        if not (told.isascii() and told.isalpha() and len(told) == 3):
            raise forms.ValidationError(_("Three letters such as USD."))
        return told

    def clean(self) -> dict:
        said = super().clean()
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("It ends before it starts."))
        return said

    @property
    def terms(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "name"}


class UseForm(forms.ModelForm):
    class Meta:
        model = Use
        fields = ["school", "grade", "n_children", "minutes_a_week"]
        labels = {
            "school": _("School"),
            "grade": _("Grade"),
            "n_children": _("Number of children"),
            "minutes_a_week": _("Minutes of screen a week, each child"),
        }
        widgets = {
            name: forms.NumberInput(attrs={"class": "short"}) for name in ("n_children", "minutes_a_week")
        }


class TableForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it holds"),
        choices=[(CONTRACTS, _("contracts")), (USES, _("uses: children and minutes by school and grade"))],
        widget=forms.RadioSelect,
    )
    table = forms.FileField(label=_("The table (CSV)"))


class AddressForm(forms.Form):
    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("es", "Español")])


class LetterForm(forms.Form):
    words = forms.CharField(
        label=_("The text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 24}), strip=False
    )
