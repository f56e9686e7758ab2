"""The expert's pages: thin. The invitation, the declaration, the ballot, and the round once it is open.

In:   a request by an expert (the open round: also by the chair).
Out:  her own rows; from the opening on, those of the panel.
Not here: practice (practice_views), what the chair does (chair_views). Rules stand in policy.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.core.dossier.bank import bank
from plainview.desk.experts import agree, chair_views, consolidate, declare, invite, policy, rate, table
from plainview.desk.experts.anchors import anchors_here
from plainview.desk.experts.declare import INTERESTS, Interests
from plainview.desk.experts.forms import (
    APART,
    AnswerForm,
    DeclareForm,
    LeaveForm,
    NoteForm,
    RateForm,
    ReviseForm,
    level_of,
)
from plainview.desk.experts.models import Ballot, Invitation, RatersAgree, Rating, Round
from plainview.desk.experts.models.panel import Place
from plainview.desk.experts.parts import PARTS
from plainview.desk.reviews.models import Stage
from plainview.lobby.ledger import write
from plainview.lobby.people.door import only
from plainview.lobby.people.models import Role
from plainview.lobby.people.policy import Denied, NotSeen

experts_only = only(Role.EXPERT)
panel_only = only(Role.EXPERT, Role.CHAIR)


@panel_only
def home(request: HttpRequest) -> HttpResponse:
    """What waits: for an expert her invitations and her practice, for the chair the panels."""
    if request.person.role == Role.CHAIR:
        return chair_views.panels(request)
    asked = (
        policy.invitations_of(request.person).prefetch_related("declarations").order_by("-asked_at", "-pk")
    )
    context = {
        "rows": [(one, _next_step(one)) for one in asked],
        "practice": policy.newest_practice(request.person, at=timezone.now()),
        "holds": policy.PRACTICE_HOLDS,
    }
    return render(request, "experts/home.html", context)


def _next_step(one: Invitation) -> str:
    """What she can do now, in a few words; nothing where she can only wait."""
    if one.place == Place.ASKED:
        return _("Answer")
    if one.place == Place.TO_DECLARE:
        return _("Declare your interests")
    if one.place != Place.READY:
        return ""
    if one.review.stage == Stage.RATING and not policy.has_handed_in(one):
        return _("Rate")
    return _("Read and think again") if one.review.stage == Stage.CONSOLIDATING else ""


# --- invitation and declaration ----------------------------------------------------------------------------
@experts_only
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Before she has declared it shows no more of the review than what she needs to declare."""
    one = policy.invitation_seen_by(request.person, pk)
    context = {
        "one": one,
        "place": one.place,
        "product": one.review.product,
        "answer_form": AnswerForm(),
        "next": _next_step(one),
        "has_practised": policy.newest_practice(request.person, at=timezone.now()) is not None,
        "round": policy.current_round(one.review),
        "may_declare": policy.may_declare(one),
        "review_url": _review_url(one),
        "handed_in": one.ballots.filter(handed_in_at__isnull=False).order_by("-pk").first(),
        "open_round": _open_round_of(request, one),
    }
    return render(request, "experts/invitation.html", context)


def _review_url(one: Invitation) -> str:
    return reverse("reviews:review", args=[one.review_id]) if one.place == Place.READY else ""


def _open_round_of(request: HttpRequest, one: Invitation) -> Round | None:
    round_ = agree.last_opened(one.review)
    if round_ and policy.ballots_seen_by(request.person).filter(round=round_).count() > 1:
        return round_
    return None


@require_POST
@experts_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    one = policy.invitation_seen_by(request.person, pk)
    form = AnswerForm(request.POST)
    why_not = form.cleaned_data["why_not"] if form.is_valid() else ""
    says_yes = request.POST.get("answer") == "yes"
    invite.answer(one, says_yes=says_yes, why_not=why_not, by=request.person, at=timezone.now())
    if says_yes:
        return redirect("experts:declare", one.pk)
    messages.success(request, _("Thank you for answering. The chair will ask someone else."))
    return redirect("experts:home")


@experts_only
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    one = policy.invitation_seen_by(request.person, pk)
    policy.check_may_declare(request.person, one)
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = declare.declare(
            one,
            Interests(**{name: said[name] for name in INTERESTS}),
            role_words=said["role_words"],
            words=said["words"],
            may_be_named=said["may_be_named"],
            by=request.person,
            at=timezone.now(),
        )
        messages.success(request, _after_declaring(made.is_independent))
        return redirect("experts:invitation", one.pk)
    context = {"one": one, "product": one.review.product, "form": form}
    return render(request, "experts/declare.html", context, status=422 if form.errors else 200)


def _after_declaring(is_independent: bool) -> str:
    if is_independent:
        return _("Kept. You may read the review now.")
    return _("Kept, and thank you for saying so. You do not rate this product.")


# --- the ballot --------------------------------------------------------------------------------------------
@experts_only
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """The nine parts, and handing in. Once handed in: what she said, to read."""
    one = policy.invitation_seen_by(request.person, pk)
    fixed = _handed_in(one)
    if fixed:
        rows = [(anchors_here()[n], said) for n, said in sorted(_said(fixed).items())]
        return render(request, "experts/handed_in.html", {"one": one, "ballot": fixed, "rows": rows})
    mine = rate.ballot_of(one, by=request.person, at=timezone.now())
    parts = [(PARTS[part.about], part) for part in rate.parts(_said(mine))]
    context = {"one": one, "ballot": mine, "parts": parts, "n_left": len(rate.unsettled(mine))}
    return render(request, "experts/ballot.html", context)


def _handed_in(one: Invitation) -> Ballot | None:
    if one.review.stage == Stage.RATING and not policy.has_handed_in(one):
        return None
    return one.ballots.filter(handed_in_at__isnull=False).order_by("-pk").first()


def _said(ballot: Ballot) -> dict[int, Rating]:
    return {one.question: one for one in ballot.ratings.all()}


@experts_only
def part(request: HttpRequest, pk: int, about: str) -> HttpResponse:
    """The questions about one thing, each a form of its own: what is kept is kept at once."""
    one = policy.invitation_seen_by(request.person, pk)
    if about not in PARTS:
        raise Http404
    mine = rate.ballot_of(one, by=request.person, at=timezone.now())
    return _part(request, one, mine, about)


def _part(
    request: HttpRequest,
    one: Invitation,
    mine: Ballot,
    about: str,
    *,
    bound: RateForm | None = None,
    leave: LeaveForm | None = None,
) -> HttpResponse:
    said, order = _said(mine), list(PARTS)
    place = order.index(about)
    asked = [question for question in anchors_here().values() if question.about == about]
    forms = [
        bound if bound and bound.question.number == question.number else _form(question, said)
        for question in asked
    ]
    context = {
        "one": one,
        "about": about,
        "words": PARTS[about],
        "rows": [(form.question, said.get(form.question.number), form) for form in forms],
        "leave_form": leave or LeaveForm(),
        "has_left": any(q.number not in said or not said[q.number].is_settled for q in asked),
        "place": place + 1,
        "n_parts": len(order),
        "before": order[place - 1] if place else "",
        "after": order[place + 1] if place + 1 < len(order) else "",
    }
    return render(request, "experts/part.html", context, status=422 if bound or leave else 200)


def _form(question, said: dict[int, Rating]) -> RateForm:
    there = said.get(question.number)
    if there is None:
        return RateForm(question=question)
    no_level = APART if there.cannot_because else ""
    level = no_level if there.level is None else str(there.level)
    initial = {"level": level, "note": there.note, "cannot_because": there.cannot_because}
    return RateForm(question=question, initial=initial)


@require_POST
@experts_only
def keep(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One question. With scripts only its own form comes back."""
    one = policy.invitation_seen_by(request.person, pk)
    question = anchors_here().get(number)
    if question is None:
        raise Http404
    mine = rate.ballot_of(one, by=request.person, at=timezone.now())
    form = RateForm(request.POST, question=question)
    kept = None
    if form.is_valid():
        kept = rate.keep(mine, number, by=request.person, at=timezone.now(), **form.cleaned_data)
    if "HX-Request" in request.headers:
        context = {"one": one, "question": question, "form": form, "said": kept, "is_new": True}
        return render(request, "experts/question.html", context, status=200 if kept else 422)
    if kept is None:
        return _part(request, one, mine, question.about, bound=form)
    return redirect(f"{reverse('experts:part', args=[one.pk, question.about])}#q{number}")


@require_POST
@experts_only
def leave(request: HttpRequest, pk: int, about: str) -> HttpResponse:
    one = policy.invitation_seen_by(request.person, pk)
    if about not in PARTS:
        raise Http404
    mine = rate.ballot_of(one, by=request.person, at=timezone.now())
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _part(request, one, mine, about, leave=form)
    because = form.cleaned_data["because"]
    rate.leave_rest(mine, about, because=because, by=request.person, at=timezone.now())
    return redirect("experts:ballot", one.pk)


@require_POST
@experts_only
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    one = policy.invitation_seen_by(request.person, pk)
    mine = rate.ballot_of(one, by=request.person, at=timezone.now())
    rate.hand_in(mine, by=request.person, at=timezone.now())
    messages.success(request, _("Handed in. It is fixed now, and nobody sees it before all are in."))
    return redirect("experts:invitation", one.pk)


# --- once the round is open --------------------------------------------------------------------------------
def _open_round(request: HttpRequest, pk: int) -> Round:
    """The round, or 'not found': that it exists is no secret, what is in it may be."""
    found = Round.objects.select_related("review__product").filter(pk=pk).first()
    if found is None:
        raise NotSeen
    policy.check_may_see_together(request.person, found)
    return found


@panel_only
def together(request: HttpRequest, pk: int) -> HttpResponse:
    """All questions with all levels; those that lie widest apart are named first."""
    round_ = _open_round(request, pk)
    write.deed("experts.ballots.looked", by=request.person.pk, at=timezone.now(), thing=round_.pk)
    rows = [(anchors_here()[row.number], row) for row in table.rows(round_)]
    stored = RatersAgree.objects.filter(round=round_).first()
    context = {
        "round": round_,
        "review": round_.review,
        "rows": rows,
        "wide": [pair for pair in rows if pair[1].is_wide],
        "letters": [one.invitation.letter for one in policy.counted(round_).select_related("invitation")],
        "stored": stored,
        "sentence": agree.sentence(stored) if stored else "",
        "may_score": stored is not None and stored.standing in agree.MAY_SCORE,
        "is_chair": request.person.role == Role.CHAIR,
        "is_talk": round_.review.stage == Stage.CONSOLIDATING,
        "n_settled": sum(row.settled is not None for _question, row in rows),
    }
    return render(request, "experts/together.html", context)


@panel_only
def question(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One question: what each said and why; a second thought, or the chair's note."""
    round_, asked = _open_round(request, pk), anchors_here().get(number)
    if asked is None:
        raise Http404
    make = NoteForm if request.person.role == Role.CHAIR else ReviseForm
    form = make(request.POST or None, question=asked)
    if request.method == "POST" and form.is_valid() and _is_taken(request, round_, form):
        messages.success(request, _("Kept."))
        return redirect(f"{reverse('experts:together', args=[round_.pk])}#q{number}")
    write.deed("experts.ballots.looked", by=request.person.pk, at=timezone.now(), thing=round_.pk)
    row = next(row for row in table.rows(round_) if row.number == number)
    context = {
        "round": round_,
        "review": round_.review,
        "question": asked,
        "row": row,
        "form": form,
        "is_chair": request.person.role == Role.CHAIR,
        "may_write": _may_write(request, round_, row),
        "before": number - 1 if number - 1 in bank() else None,
        "after": number + 1 if number + 1 in bank() else None,
        "mine": _letter(request, round_),
    }
    return render(request, "experts/together_question.html", context, status=422 if form.errors else 200)


def _is_taken(request: HttpRequest, round_: Round, form: NoteForm | ReviseForm) -> bool:
    """Whether the deed was done; if not, the form says why, and nothing typed is lost."""
    try:
        _second_thought(request, round_, form.question.number, form.cleaned_data)
    except Denied as why:
        form.add_error(None, str(why))
    return not form.errors


def _second_thought(request: HttpRequest, round_: Round, number: int, said: dict) -> None:
    by, at, level = request.person, timezone.now(), level_of(said["level"])
    if by.role == Role.CHAIR:
        consolidate.note(round_, number, level=level, why=said["why"], by=by, at=at)
        return
    mine = policy.ballots_seen_by(by).get(round=round_, invitation__expert=by)
    consolidate.revise(mine, number, level=level, because=said["because"], by=by, at=at)


def _letter(request: HttpRequest, round_: Round) -> str:
    mine = policy.invitations_of(request.person).filter(review=round_.review).first()
    return mine.letter if mine else ""


def _may_write(request: HttpRequest, round_: Round, row: table.Row) -> bool:
    """The chair while they talk; an expert who has not thought again about this one yet."""
    if round_.review.stage != Stage.CONSOLIDATING:
        return False
    mine = next((one for one in row.said if one.letter == _letter(request, round_)), None)
    return request.person.role == Role.CHAIR or (mine is not None and mine.again is None)
