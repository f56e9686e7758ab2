"""The pages of cards and decisions: thin. Every read of a child's row is logged.

In:   a request by an adult of the class.
Out:  cards, one card with all its parts, the record of a decision.
Not here: rules (rule_views) and settings (setting_views).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zlib import decompress

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.classroom.guidance import (
    alarm,
    decide,
    lay_out,
    policy,
    standing,
    suggest,
    switch,
)
from plainview.classroom.guidance.forms import ChangeForm, WhyForm
from plainview.classroom.guidance.models import (
    ACCEPTS,
    Decision,
    DecisionNote,
    Reason,
    Suggestion,
    SuggestionStage,
    Switch,
    Verdict,
)
from plainview.classroom.guidance.opened import Opened, Page, seal, unseal
from plainview.core.rules.catalogue import RULES
from plainview.lobby.ledger import write
from plainview.lobby.people import policy as people_policy
from plainview.lobby.people.door import class_adults_only, teachers_only
from plainview.lobby.people.models import Class
from plainview.lobby.people.policy import Denied, NotSeen

# What a teacher said she would look at is kept before her for two weeks.
LOOKS_FOR = timedelta(days=14)


def now() -> tuple[datetime, date]:
    return timezone.now(), timezone.localdate()


def decides(request: HttpRequest, school_class: Class, *, on: date) -> bool:
    """Who serves a class as a specialist reads its cards; buttons are for those who teach it."""
    return people_policy.teaches_class(request.person, school_class, on=on)


# --- the cards of a class ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A card on the page of cards, with the seal that says when the page was opened."""

    front: lay_out.Front
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    school_class: Class
    may_decide: bool
    switch: Switch | None
    is_on: bool
    cards: list[Shown]
    n_this_week: int
    most_a_week: int
    looks: list[Decision]  # what a teacher said she would look at herself
    resting: list[tuple[str, str]]  # rules that rest here: name, title
    outgrown: list[tuple[str, str]]  # rules that changed since a teacher said 'always' or 'never': the same


@class_adults_only
def cards(request: HttpRequest) -> HttpResponse:
    at, on = now()
    classes = Class.objects.seen_by(request.person, on=on).order_by("title", "pk")
    rooms = [_room(request, one, at=at, on=on) for one in classes]
    about = {child.pk for room in rooms for shown in room.cards for child in shown.front.card.students.all()}
    about |= {child.pk for room in rooms for one in room.looks for child in one.students.all()}
    write.looked("guidance.cards.looked", by=request.person.pk, at=at, about=sorted(about))
    return render(
        request, "guidance/cards.html", {"rooms": rooms, "may_decide": any(room.may_decide for room in rooms)}
    )


def _room(request: HttpRequest, school_class: Class, *, at: datetime, on: date) -> Room:
    """The opening of who teaches this class asks the rules. Who serves it reads what is there already."""
    may_decide = decides(request, school_class, on=on)
    newest = switch.newest(school_class)
    is_on = switch.holds(newest, on=on)
    if may_decide:
        found = suggest.propose(school_class, on=on, at=at, by=request.person)
    else:
        found = suggest.waiting(school_class, on=on) if is_on else []
    fronts = lay_out.fronts(found, today=on, reader=request.person)
    return Room(
        school_class=school_class,
        may_decide=may_decide,
        switch=newest,
        is_on=is_on,
        cards=[_shown(request, front, at=at) for front in fronts],
        n_this_week=len(suggest.made_this_week(school_class, on=on)),
        most_a_week=suggest.MOST_A_WEEK,
        looks=_looks(school_class, on=on),
        resting=[(name, _(RULES[name].title)) for name in alarm.resting(school_class) if name in RULES],
        outgrown=[
            (one.rule, _(RULES[one.rule].title))
            for one in standing.outgrown(school_class, on=on)
            if one.by_id == request.person.pk
        ],
    )


def _shown(request: HttpRequest, front: lay_out.Front, *, at: datetime) -> Shown:
    return Shown(front=front, seal=seal(front.card, by=request.person, page=Page.LIST, at=at))


def _looks(school_class: Class, *, on: date) -> list[Decision]:
    """Accepted, nothing to put on a plan, and nobody has said yet how it went."""
    rows = Decision.objects.filter(
        school_class=school_class, verdict__in=ACCEPTS, suggestion__isnull=False, from_on__gt=on - LOOKS_FOR
    ).standing_now()
    rows = rows.annotate(n_outcomes=Count("notes", filter=Q(notes__kind=DecisionNote.Kind.OUTCOME)))
    rows = (
        rows.filter(n_outcomes=0)
        .select_related("competency__unit", "suggestion")
        .prefetch_related("students")
    )
    return [one for one in rows.order_by("at") if not one.made]


# --- one card ----------------------------------------------------------------------------------------------


@class_adults_only
def card(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    found = policy.card_seen_by(request.person, pk, on=on)
    if found.stage == SuggestionStage.DECIDED and (made := found.decisions.order_by("-pk").first()):
        return redirect("guidance:decision", made.pk)
    return _card_page(request, found, WhyForm(card=found, on=on), at=at, on=on)


def _card_page(
    request: HttpRequest, found: Suggestion, form: WhyForm, *, at: datetime, on: date, trouble: str = ""
) -> HttpResponse:
    looked(request, found, "guidance.card.looked", at=at)
    whole = lay_out.whole(found, today=on, reader=request.person)
    may_decide = decides(request, found.school_class, on=on)
    is_open = found.stage == SuggestionStage.OPEN and found.expires_on >= on
    context = {
        "card": whole,
        "front": whole.front,
        "form": form,
        "trouble": trouble,
        "may_decide": may_decide,
        "is_open": is_open and switch.is_on(found.school_class, on=on),
        "may_stand_always": standing.is_harmless(found),
    }
    status = 422 if trouble else 200
    if whole.front.is_blind and may_decide and is_open:
        context["picks"] = lay_out.picks(found)
        return render(request, "guidance/blind.html", context, status=status)
    context["picked"] = picked(request, found)
    context["seal"] = seal(found, by=request.person, page=Page.CARD, at=at)
    return render(request, "guidance/card.html", context, status=status)


def picked(request: HttpRequest, found: Suggestion) -> lay_out.Choice | None:
    """What she said first. Hers alone to see."""
    hers = found.blind_picks.filter(by=request.person).first() if found.blind_first else None
    return next((one for one in lay_out.picks(found) if hers and one.name == hers.pick), None)


@teachers_only
@require_POST
def pick(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    found = policy.card_seen_by(request.person, pk, on=on)
    try:
        decide.pick_first(found, pick=request.POST.get("pick", ""), by=request.person, at=at)
    except policy.TooLate as told:
        return _told(request, found, told)
    except NotSeen:
        messages.info(request, _("Choose what you would do. Nothing was decided yet."))
    return redirect("guidance:card", pk)


@class_adults_only
def why_no(request: HttpRequest, pk: int) -> HttpResponse:
    """What "No" asks for: a reason in fixed words, or in the teacher's own."""
    at, on = now()
    found = policy.card_seen_by(request.person, pk, on=on)
    if away := _not_hers_to_decide_now(request, found, on=on):
        return away
    return _why_no_page(request, found, WhyForm(card=found, on=on), at=at, on=on)


def _why_no_page(
    request: HttpRequest, found: Suggestion, form: WhyForm, *, at: datetime, on: date
) -> HttpResponse:
    looked(request, found, "guidance.card.looked", at=at)
    [front] = lay_out.fronts([found], today=on, reader=request.person)
    sealed = request.POST.get("opened") or request.GET.get("opened", "")
    context = {"front": front, "form": form, "seal": sealed}
    return render(request, "guidance/why_no.html", context, status=422 if form.errors else 200)


@class_adults_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = now()
    found = policy.card_seen_by(request.person, pk, on=on)
    if away := _not_hers_to_decide_now(request, found, on=on):
        return away
    form = ChangeForm(card=found, initial=_chosen_on_the_card(request, found))
    return _change_page(request, found, form, WhyForm(card=found, on=on), at=at, on=on)


def _chosen_on_the_card(request: HttpRequest, found: Suggestion) -> dict[str, str]:
    """One of the card's other choices, where she pressed it there. Any other word chooses nothing."""
    choice = request.GET.get("choice", "")
    return {"choice": choice} if choice in {one["name"] for one in found.card["choices"]} else {}


def _not_hers_to_decide_now(request: HttpRequest, found: Suggestion, *, on: date) -> HttpResponse | None:
    """Where she is led instead: to who was first, or to the card, which asks her before it speaks."""
    try:
        policy.check_may_decide(request.person, found, on=on)
    except policy.TooLate as told:
        return _told(request, found, told)
    return redirect("guidance:card", found.pk) if found.is_hidden_from(request.person) else None


def _change_page(request, found, form, why, *, at: datetime, on: date, trouble: str = "") -> HttpResponse:
    looked(request, found, "guidance.card.looked", at=at)
    context = {
        "card": lay_out.whole(found, today=on, reader=request.person),
        "form": form,
        "why": why,
        "trouble": trouble,
        "seal": seal(found, by=request.person, page=Page.CARD, at=at),
    }
    status = 422 if trouble or form.errors or why.errors else 200
    return render(request, "guidance/change.html", context, status=status)


@class_adults_only
@require_POST
def decide_card(request: HttpRequest, pk: int) -> HttpResponse:
    """One card, one verdict. There is no address that takes several."""
    at, on = now()
    found = policy.card_seen_by(request.person, pk, on=on)
    try:
        policy.check_may_decide(request.person, found, on=on)
        return _decide(request, found, at=at, on=on)
    except policy.TooLate as told:
        return _told(request, found, told)


def _decide(request: HttpRequest, found: Suggestion, *, at: datetime, on: date) -> HttpResponse:
    why = WhyForm(request.POST, card=found, on=on)
    verdict = request.POST.get("verdict", "")
    opened = unseal(request.POST.get("opened", ""), found, by=request.person)
    if verdict == Verdict.CHANGE_IT:
        return _change(request, found, why, opened, at=at, on=on)
    if verdict == Verdict.NO and request.POST.get("page") == "why_no" and not _says_why(why):
        return _why_no_page(request, found, why, at=at, on=on)
    if not why.is_valid() or verdict not in DEEDS:
        trouble = _("Choose one of the four answers. Nothing was decided yet.")
        return _card_page(request, found, why, at=at, on=on, trouble=trouble)
    if verdict == Verdict.NO and not why.why().is_given:
        sealed = urlencode({"opened": request.POST.get("opened", "")})
        return redirect(f"{reverse('guidance:why_no', args=[found.pk])}?{sealed}")
    try:
        made = DEEDS[verdict](found, by=request.person, at=at, why=why.why(), opened=opened)
    except policy.TooLate:
        raise
    except Denied as refusal:
        return _card_page(request, found, why, at=at, on=on, trouble=str(refusal))
    return _decided(request, made)


def _says_why(form: WhyForm) -> bool:
    if form.is_valid() and not form.why().is_given:
        form.add_error(None, _("Choose a reason, or write a few words. Nothing was decided yet."))
    return form.is_valid()


DEEDS = {Verdict.DO_IT: decide.do_it, Verdict.NOT_NOW: decide.not_now, Verdict.NO: decide.no}


def _change(
    request: HttpRequest, found: Suggestion, why: WhyForm, opened: Opened | None, *, at: datetime, on: date
) -> HttpResponse:
    if "choice" not in request.POST:
        return redirect("guidance:change", found.pk)
    form = ChangeForm(request.POST, card=found)
    if not (form.is_valid() and why.is_valid()):
        return _change_page(request, found, form, why, at=at, on=on)
    try:
        made = decide.change_it(found, form.change(), by=request.person, at=at, why=why.why(), opened=opened)
    except policy.TooLate:
        raise
    except Denied as refusal:
        return _change_page(request, found, form, why, at=at, on=on, trouble=str(refusal))
    return _decided(request, made)


def _decided(request: HttpRequest, made: Decision) -> HttpResponse:
    """What she saw herself is written down next: ten seconds, and an override has become evidence."""
    messages.success(request, what_became(made))
    if Reason.SAW_IT in made.reasons:
        messages.info(request, _("Write down what you saw: it takes ten seconds, and becomes evidence."))
        return redirect(capture_url(made))
    return redirect("guidance:cards" if request.POST.get("from") == "list" else made_url(made))


def made_url(made: Decision) -> str:
    return reverse("guidance:decision", args=[made.pk])


def capture_url(made: Decision) -> str:
    """The ten-second note, with the class, the skill and the children filled in."""
    said = [("class", made.school_class_id)]
    said += [("competency", made.competency.identifier)] if made.competency else []
    said += [("child", pk) for pk in made.students.order_by("pk").values_list("pk", flat=True)]
    return f"{reverse('evidence:capture')}?{urlencode(said)}"


def what_became(made: Decision) -> str:
    n_steps = len(made.made.get("steps", []))
    if made.is_accepted and n_steps:
        return _("Decided: %(verdict)s. It stands on the plans now.") % {
            "verdict": made.get_verdict_display()
        }
    if made.is_accepted:
        return _("Decided: %(verdict)s. It is yours to do; no plan was changed.") % {
            "verdict": made.get_verdict_display()
        }
    return _("Decided: %(verdict)s. No plan was changed.") % {"verdict": made.get_verdict_display()}


def _told(request: HttpRequest, found: Suggestion, told: policy.TooLate) -> HttpResponse:
    """Too late: who was first, and when."""
    messages.info(request, str(told))
    first = found.decisions.order_by("-pk").first()
    return redirect(made_url(first)) if first else redirect("guidance:cards")


@teachers_only
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """All the rule saw and said, without names: anyone can compute it again."""
    at, on = now()
    found = policy.card_seen_by(request.person, pk, on=on)
    if found.is_hidden_from(request.person):
        return redirect("guidance:card", pk)
    looked(request, found, "guidance.export.looked", at=at)
    response = HttpResponse(decompress(found.export), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="suggestion-{found.pk}.json"'
    return response


def looked(request: HttpRequest, found: Suggestion, deed: str, *, at: datetime) -> None:
    about = list(found.students.order_by("pk").values_list("pk", flat=True))
    write.looked(deed, by=request.person.pk, at=at, about=about, thing=found.pk)
