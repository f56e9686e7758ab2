"""The pages of practice: thin. Three made-up products, eight questions each, and what came of it.

In:   a request by an expert.
Out:  her own practice, and nobody else's.
Not here: the key, before she has finished.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plainview.desk.experts import made_up, policy, practise
from plainview.desk.experts.anchors import anchors_here
from plainview.desk.experts.forms import PracticeForm
from plainview.desk.experts.models import Practice
from plainview.desk.experts.views import experts_only


@experts_only
def practice(request: HttpRequest) -> HttpResponse:
    """What it is for, how far she is, and her earlier ones."""
    under_way = Practice.objects.filter(expert=request.person, finished_at=None).first()
    done = Practice.objects.filter(expert=request.person, finished_at__isnull=False)
    n_rated = _n_rated(under_way) if under_way else {}
    context = {
        "under_way": under_way,
        "products": [(one, n_rated.get(one.slug, 0), len(one.key)) for one in made_up.products_here()],
        "is_whole": under_way is not None and not practise.left(under_way),
        "done": done.order_by("-finished_at", "-pk"),
        "valid": policy.newest_practice(request.person, at=timezone.now()),
    }
    return render(request, "experts/practice.html", context)


def _n_rated(under_way: Practice) -> dict[str, int]:
    found: dict[str, int] = {}
    for slug in under_way.ratings.values_list("product", flat=True):
        found[slug] = found.get(slug, 0) + 1
    return found


@experts_only
def product(request: HttpRequest, slug: str) -> HttpResponse:
    one = next((one for one in made_up.products_here() if one.slug == slug), None)
    if one is None:
        raise Http404
    questions = [anchors_here()[known.question] for known in one.key]
    form = PracticeForm(request.POST or None, questions=questions, initial=_kept(request, slug))
    if request.method == "POST" and form.is_valid():
        under_way = practise.begin(by=request.person, at=timezone.now())
        practise.keep(under_way, slug, form.levels, notes=form.notes, by=request.person)
        return redirect("experts:practice")
    return render(request, "experts/practice_product.html", {"one": one, "form": form})


def _kept(request: HttpRequest, slug: str) -> dict[str, str]:
    under_way = Practice.objects.filter(expert=request.person, finished_at=None).first()
    rows = under_way.ratings.filter(product=slug) if under_way else []
    levels = {f"q{row.question}": str(row.level) for row in rows}
    return levels | {f"n{row.question}": row.note for row in rows}


@require_POST
@experts_only
def finish(request: HttpRequest) -> HttpResponse:
    under_way = Practice.objects.filter(expert=request.person, finished_at=None).first()
    if under_way is None:
        return redirect("experts:practice")
    done = practise.finish(under_way, by=request.person, at=timezone.now())
    messages.success(request, _("Practice is finished. Here is where you and the key differ, and why."))
    return redirect("experts:practised", done.pk)


@experts_only
def practised(request: HttpRequest, pk: int) -> HttpResponse:
    done = policy.practice_seen_by(request.person, pk)
    if done.finished_at is None:
        return redirect("experts:practice")
    names = {one.slug: one.name for one in made_up.products_here()}
    rows = [(names[row.product], anchors_here()[row.question], row) for row in practise.compared(done)]
    context = {
        "done": done,
        "apart": [row for row in rows if row[2].apart],
        "n_alike": sum(not row[2].apart for row in rows),
    }
    return render(request, "experts/practised.html", context)
