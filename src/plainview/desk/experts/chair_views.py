"""The chair's pages: thin. Who was asked, who has handed in, opening, and noting what is plain.

In:   a request by the chair of reviews.
Out:  where each expert stands.
Not here: any level before the round is open; the rules do not hand them to this page.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from plainview.desk.experts import agree, consolidate, invite, policy, unseal
from plainview.desk.experts.forms import AskForm, BeginForm, LetGoForm
from plainview.desk.experts.models import Invitation, Round
from plainview.desk.experts.models.panel import Place
from plainview.desk.reviews.models import Review, Stage
from plainview.lobby.people.door import only
from plainview.lobby.people.models import Role

chairs_only = only(Role.CHAIR)
NO_PANEL = (Stage.REQUESTED, Stage.DECLINED)


def panels(request: HttpRequest) -> HttpResponse:
    """Reviews that have a panel or may get one."""
    reviews = Review.objects.exclude(stage__in=NO_PANEL).newest_first().prefetch_related("invitations")
    rows = [(review, review.invitations.count(), _n_in(review)) for review in reviews]
    return render(request, "experts/panels.html", {"rows": rows})


def _n_in(review: Review) -> int:
    round_ = policy.current_round(review) or agree.opened_round(review)
    return policy.counted(round_).count() if round_ else 0


@chairs_only
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    return _panel(request, get_object_or_404(Review.objects.select_related("product__vendor"), pk=pk))


def _panel(request: HttpRequest, review: Review, *, ask=None, begin=None, let_go=None) -> HttpResponse:
    round_, opened = policy.current_round(review), agree.last_opened(review)
    asked = review.invitations.select_related("expert").prefetch_related("declarations").order_by("pk")
    context = {
        "review": review,
        "rows": [(one, one.place, _may_let_go(one), policy.has_handed_in(one)) for one in asked],
        "round": round_,
        "opened": opened,
        "all_in": round_ is not None and policy.all_are_in(round_),
        "may_ask": review.stage in policy.MAY_ASK_AT,
        "may_begin": review.stage in (Stage.CHECKED, Stage.RATING) and round_ is None,
        "ask_form": ask or AskForm(review=review),
        "begin_form": begin or BeginForm(),
        "let_go_form": let_go or LetGoForm(),
        "fewest": policy.FEWEST_RATERS,
    }
    return render(request, "experts/panel.html", context, status=422 if ask or begin or let_go else 200)


def _may_let_go(one: Invitation) -> bool:
    return one.place in (Place.ASKED, Place.TO_DECLARE, Place.READY) and not policy.has_handed_in(one)


@require_POST
@chairs_only
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(Review, pk=pk)
    form = AskForm(request.POST, review=review)
    if not form.is_valid():
        return _panel(request, review, ask=form)
    made = invite.ask(
        review, form.cleaned_data["expert"], by=request.person, at=timezone.now(), sign_in=_sign_in(request)
    )
    messages.success(request, _told(made))
    return redirect("experts:panel", review.pk)


def _told(made: Invitation) -> str:
    if made.expert.email:
        said = _("A letter goes to %(name)s, who finds the invitation after signing in.")
    else:
        said = _(
            "%(name)s has no e-mail address here: tell them yourself. The invitation is there after "
            "signing in."
        )
    return said % {"name": made.expert.full_name}


def _sign_in(request: HttpRequest) -> str:
    """For letters: an address that anybody may know."""
    return request.build_absolute_uri(reverse("account_login"))


@require_POST
@chairs_only
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Invitation.objects.select_related("review"), pk=pk)
    form = LetGoForm(request.POST)
    if not form.is_valid():
        return _panel(request, one.review, let_go=form)
    invite.let_go(one, why=form.cleaned_data["why"], by=request.person, at=timezone.now())
    return redirect("experts:panel", one.review_id)


@require_POST
@chairs_only
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(Review, pk=pk)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _panel(request, review, begin=form)
    bar = form.cleaned_data["practice_bar"]
    said = {"by": request.person, "at": timezone.now(), "sign_in": _sign_in(request)}
    unseal.begin(review, practice_bar=bar, **said)
    return redirect("experts:panel", review.pk)


@require_POST
@chairs_only
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.select_related("review"), pk=pk)
    unseal.open_ratings(round_, by=request.person, at=timezone.now(), sign_in=_sign_in(request))
    return redirect("experts:together", round_.pk)


@require_POST
@chairs_only
def weigh(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the worker was stopped before it had counted."""
    round_ = get_object_or_404(Round, pk=pk, opened_at__isnull=False)
    unseal.ask_to_weigh(round_, at=timezone.now())
    return redirect("experts:together", round_.pk)


@require_POST
@chairs_only
def note_alike(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.select_related("review"), pk=pk)
    n = consolidate.note_those_alike(round_, by=request.person, at=timezone.now())
    said = ngettext("%(n)s question noted.", "%(n)s questions noted.", n) % {"n": n}
    messages.success(request, said)
    return redirect("experts:together", round_.pk)
