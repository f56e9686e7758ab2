"""What a person of the desk writes about money and interests: refused with the field's own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plainview.desk.background import policy, table
from plainview.desk.background.models import Declaration, Tie
from plainview.desk.reviews.models import Product, Review, Vendor
from plainview.lobby.people.models import Person

TAX_RETURN, TABLE = "return", "table"


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            (TAX_RETURN, _("a tax return: IRS form 990 or 990-PF, as XML")),
            (TABLE, _("a table of grants, as CSV")),
        ],
        widget=forms.RadioSelect,
    )
    document = forms.FileField(label=_("The document"))
    address = forms.URLField(
        label=_("Where anyone can read it"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_("It is shown beside each amount. We do not open it."),
    )


class TieForm(forms.Form):
    name = forms.CharField(label=_("The organisation"), max_length=200)
    ein = forms.CharField(
        label=_("Its tax number"),
        max_length=10,
        required=False,
        help_text=_("Nine digits (EIN). With it, the same organisation is found under any spelling."),
    )
    kind = forms.ChoiceField(label=_("What ties it"), choices=Tie.Kind.choices)
    vendor = forms.ModelChoiceField(
        label=_("To which vendor"),
        queryset=Vendor.objects.order_by("name"),
        required=False,
        empty_label=_("none"),
    )
    says_so = forms.CharField(
        label=_("Who says so"), max_length=300, help_text=_("A document or an address.")
    )

    def clean_ein(self) -> str:
        told = self.cleaned_data["ein"]
        try:
            return table.ein(told) if told else ""
        except table.Expected as fault:
            raise forms.ValidationError(str(fault)) from fault


class PayerForm(forms.Form):
    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.order_by("name"), empty_label=_("Choose")
    )
    words = forms.CharField(
        label=_("Who pays for it"),
        max_length=200,
        help_text=_("Such as: districts, by the student and year."),
    )
    words_es = forms.CharField(label=_("The same in Spanish"), max_length=200, required=False)
    says_so = forms.CharField(label=_("Who says so"), max_length=300)


class DeclarationForm(forms.Form):
    """One's own interests. No words: there is none."""

    review = forms.ModelChoiceField(
        label=_("For which review"),
        queryset=Review.objects.select_related("product").order_by("product__name", "pk"),
        required=False,
        empty_label=_("every review of this desk"),
    )
    office = forms.ChoiceField(label=_("As what"))
    words = forms.CharField(
        label=_("My interest"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Work, money, family, a friendship. Leave it empty to declare that there is none."),
    )
    words_es = forms.CharField(label=_("The same in Spanish"), max_length=300, required=False)

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [
            (office.value, office.label)
            for office in Declaration.Office
            if policy.WHO_DECLARES[office] == person.role
        ]
