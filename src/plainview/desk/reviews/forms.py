"""What people write on these pages: read once, refused with the field's own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from plainview.core.audit.catalogue import CHECKS, without_version
from plainview.core.mendable import Mendable
from plainview.desk.reviews.models import Claim, Kind, Product, Request, Review
from plainview.desk.reviews.notice import Wanted
from plainview.lobby.people.policy import Denied

QUESTIONS = {
    "adaptivity": _("Does it really adapt?"),
    "efficacy": _("Does it work?"),
    "fairness": _("Is it fair?"),
    "soundness": _("Are its tests sound?"),
    "exposure": _("Where does the data go?"),
}
# What the checks of a question are mostly asked of.
MOSTLY_ASKED_OF = {
    "adaptivity": [Kind.LOG],
    "efficacy": [Kind.STUDY],
    "fairness": [Kind.LOG, Kind.GROUPS],
    "soundness": [Kind.RESPONSES, Kind.ITEMS],
    "exposure": [Kind.POLICY, Kind.CONTRACT],
}


def settled(form: forms.Form, deed: Callable[..., Any], *args: Any, **named: Any) -> bool:
    """Whether the deed was done; its sentence stands on the form where not, and nothing typed is lost."""
    try:
        deed(*args, **named)
    except Denied as why:
        form.add_error(None, str(why))
    except Mendable as fault:
        form.add_error(None, list(fault.faults))
    return not form.errors


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Words(forms.CharField):
    """Lines end as they do in a file: a browser sends another end."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "short"})


class AskForm(forms.Form):
    product_name = forms.CharField(label=_("Which product?"), max_length=120)
    vendor_name = forms.CharField(label=_("Who makes it?"), max_length=120, required=False)
    wants = Words(
        label=_("What would you like to know?"),
        help_text=_("Please write no child’s name."),
        max_length=4000,
        widget=lines(5),
    )
    asker = forms.ChoiceField(
        label=_("You are"),
        choices=Request.Asker.choices,
        initial=Request.Asker.OTHER,
        widget=forms.RadioSelect,
    )
    address = forms.EmailField(
        label=_("Where may we send an answer?"),
        help_text=_("An e-mail address. We drop it once we have answered."),
        required=False,
    )


class BeginForm(forms.Form):
    name = forms.CharField(label=_("Product"), max_length=120)
    vendor = forms.CharField(label=_("Vendor"), max_length=120)
    version = forms.CharField(label=_("Version"), max_length=60, required=False)
    homepage = forms.URLField(label=_("Its own page"), required=False, assume_scheme="https")
    why = forms.CharField(label=_("Why we look at it"), max_length=300)


class SettleForm(forms.Form):
    """A request: a new review, one that is under way, or a no."""

    product = forms.ModelChoiceField(
        label=_("A product we know"),
        queryset=Product.objects.select_related("vendor").order_by("name"),
        required=False,
        empty_label=_("a new one"),
    )
    review = forms.ModelChoiceField(
        label=_("Or join it to a review that is under way"),
        queryset=Review.objects.none(),
        required=False,
        empty_label=_("no"),
    )
    name = forms.CharField(label=_("Product"), max_length=120, required=False)
    vendor = forms.CharField(label=_("Vendor"), max_length=120, required=False)
    why = Words(label=_("Why"), help_text=_("Whoever asked reads this."), max_length=1000, widget=lines(2))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        under_way = Review.objects.exclude(stage__in=["published", "declined"])
        self.fields["review"].queryset = under_way.select_related("product").order_by("product__name")

    def clean(self) -> None:
        said = self.cleaned_data
        known = said.get("product") or said.get("review")
        if self.data.get("do") == "take_up" and not known and not (said.get("name") and said.get("vendor")):
            raise forms.ValidationError(_("Choose a product, or write the name of a new one and its vendor."))


class FactsForm(forms.Form):
    version = forms.CharField(label=_("Version and build that are looked at"), max_length=60)
    about = Words(
        label=_("What it is, and for whom"),
        help_text=_("One plain sentence. It stands on top of the public page."),
        max_length=300,
        required=False,
        widget=lines(2),
    )
    homepage = forms.URLField(label=_("Its own page"), required=False, assume_scheme="https")
    domains = forms.CharField(
        label=_("The vendor’s own domains"),
        help_text=_("With a space between. In a capture of traffic they are the first party."),
        max_length=500,
        required=False,
    )

    def clean_domains(self) -> list[str]:
        return self.cleaned_data["domains"].replace(",", " ").split()


def checks_field(label: str, *, required: bool = False, help_text: str = "") -> forms.MultipleChoiceField:
    choices = [(without_version(name), check.asks) for name, check in CHECKS.items()]
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=required,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


class ChecksByQuestion:
    """A form with a field ``checks``: its boxes in folds, a fold a question."""

    def by_question(self) -> list[tuple[str, str, bool, list[Any]]]:
        boxes = list(self["checks"])
        return [
            (question, QUESTIONS[question], any(box.data["selected"] for box in found), found)
            for question, found in ((key, list(group)) for key, group in groupby(boxes, key=_question))
        ]


def _question(box: Any) -> str:
    return str(box.data["value"]).partition(".")[0]


class ClaimForm(ChecksByQuestion, forms.Form):
    """A claim as METHODS has it: loop, kind, what it reacts to, what changes, how fast, who decides."""

    identifier = forms.RegexField(
        label=_("A short name"),
        regex=r"^[a-z0-9][a-z0-9-]*$",
        max_length=40,
        help_text=_("Small letters, digits and hyphens: “adapts”."),
    )
    says = Words(label=_("The vendor’s own words"), max_length=2000, widget=lines(3))
    where = forms.CharField(
        label=_("Where it says so, and the day you read it"), max_length=300, required=False
    )
    loop = forms.ChoiceField(
        label=_("What turns"), choices=[("", _("not said")), *Claim.Loop.choices], required=False
    )
    changing = forms.ChoiceField(
        label=_("What is adapted"), choices=[("", _("not said")), *Claim.Changing.choices], required=False
    )
    reacts_to = forms.CharField(label=_("It reacts to"), max_length=200, required=False)
    changes = forms.CharField(label=_("It changes"), max_length=200, required=False)
    how_fast = forms.CharField(label=_("How fast"), max_length=200, required=False)
    who_decides = forms.CharField(label=_("Who decides"), max_length=200, required=False)
    checks = checks_field(_("Which checks bear on it"))


class TextForm(forms.Form):
    text = Words(label=_("The file, word for word"), strip=False, widget=lines(18), max_length=1_000_000)


class NoticeForm(forms.Form):
    due_on = forms.DateField(label=_("Until when"), widget=DayInput())
    letter = Words(label=_("The letter"), widget=lines(16), max_length=20_000)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for kind in Kind:
            self.fields[f"ask_{kind}"] = forms.BooleanField(label=kind.label, required=False)
            self.fields[f"what_{kind}"] = forms.CharField(
                label=_("What exactly"), max_length=300, required=False
            )

    def rows(self) -> tuple[list[tuple[Any, Any]], list[tuple[Any, Any]]]:
        """What is ticked, and what may be asked for besides."""
        found = [(self[f"ask_{kind}"], self[f"what_{kind}"]) for kind in Kind]
        ticked = [pair for pair in found if pair[0].value() or pair[1].value()]
        return ticked, [pair for pair in found if pair not in ticked]

    def wanted(self) -> list[Wanted]:
        said = self.cleaned_data
        return [
            Wanted(kind=kind, what=said.get(f"what_{kind}", ""))
            for kind in Kind
            if said.get(f"ask_{kind}") or said.get(f"what_{kind}")
        ]


class WhyForm(forms.Form):
    why = Words(label=_("Why"), max_length=1000, widget=lines(2))


class RefuseForm(forms.Form):
    says = Words(
        label=_("Your reason"),
        help_text=_("It is published word for word, with the day."),
        max_length=4000,
        required=False,
        widget=lines(3),
    )


class HandOverForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[("", _("known by its name")), *Kind.choices], required=False
    )
    settings = Words(
        label=_("How to read it"),
        help_text=_("Lines of TOML, for a table whose columns have other names than ours."),
        max_length=4000,
        required=False,
        widget=lines(2),
    )

    def clean_settings(self) -> dict[str, Any]:
        try:
            said = tomllib.loads(self.cleaned_data["settings"])
        except tomllib.TOMLDecodeError as fault:
            raise forms.ValidationError(_now("This is no TOML: %(fault)s") % {"fault": fault}) from None
        if {"file", "kind", "refused", "asked"} & set(said):
            raise forms.ValidationError(_("The name and the kind are said elsewhere on this form."))
        return said


BOUND = re.compile(r"^(?P<check>\w+\.\w+)\s+(?P<name>\w+)\s*=?\s*(?P<value>\S+)$")


class PlanForm(ChecksByQuestion, forms.Form):
    seed = forms.IntegerField(
        label=_("Seed"), help_text=_("Any whole number: chance begins here."), min_value=0, max_value=2**53
    )
    draws = forms.IntegerField(label=_("Draws"), min_value=999, max_value=1_000_000, initial=999)
    checks = checks_field(_("Checks"), help_text=_("None ticked means all."))
    bounds = Words(
        label=_("Bounds"),
        help_text=_("One a line: adaptivity.log_test bound 0.02"),
        max_length=4000,
        required=False,
        widget=lines(3),
    )
    why = Words(label=_("Why these bounds"), max_length=2000, required=False, widget=lines(2))

    def clean_bounds(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for number, line in enumerate(self.cleaned_data["bounds"].splitlines(), start=1):
            if line.strip():
                check, name, value = _bound(line.strip(), number)
                found.setdefault(check, {})[name] = value
        return found


def _bound(line: str, number: int) -> tuple[str, str, float]:
    said = BOUND.match(line)
    try:
        return said["check"], said["name"], float(said["value"])
    except (TypeError, ValueError):
        raise forms.ValidationError(
            _now("Line %(number)s: write a check, a name and a number.") % {"number": number}
        ) from None


class SeatForm(forms.Form):
    sign_in_name = forms.CharField(
        label=_("Sign-in name"), help_text=_("Of an account that is a vendor’s contact."), max_length=150
    )


def kinds_for(claims: list[Claim]) -> list[Kind]:
    """What the claims' checks are mostly asked of, in the order of the list."""
    questions = {check.partition(".")[0] for claim in claims for check in claim.checks}
    wanted = {kind for question in questions for kind in MOSTLY_ASKED_OF.get(question, [])}
    return [kind for kind in Kind if kind in wanted]


def day_after(on: date, *, days: int) -> date:
    return date.fromordinal(on.toordinal() + days)
