"""What a vendor's contact does here: reads the page before it is published, replies, asks for corrections.

In:   a request by the vendor's own contact; the draft also by who leads.
Out:  the page as it was shown; words that stay as they were written.
Not here: how a correction is answered (views).
"""

import re
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plainview.desk.published import addresses
from plainview.desk.published import page as format
from plainview.desk.published.addresses import file
from plainview.desk.published.render import html as render_page
from plainview.desk.reviews.models import Review
from plainview.desk.verdicts import policy, reply, show, views
from plainview.desk.verdicts.forms import SayForm
from plainview.desk.verdicts.views import readers, taken
from plainview.lobby.people.models import Role

# Where a published page says that it never changes, a draft says that it is one.
BANNER = re.compile(r"<!--today-->.*?<!--/today-->", re.DOTALL)
SHEET = "published/page.css"


@readers
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was shown, not as it would be composed today."""
    if waiting := policy.review_that_waits_to_be_shown(request.person, pk):
        return render(request, "verdicts/not_yet.html", {"review": waiting})
    review = policy.review_seen_by(request.person, pk)
    newest = show.newest(review)
    if newest is None or request.person.role == Role.EXPERT:
        raise Http404
    page = format.read(newest.page.encode())
    tongue = "es" if get_language().startswith("es") else "en"
    html = render_page(page, tongue, kept=(), at=newest.at).decode()
    note = render_to_string("verdicts/draft_note.html", {"draft": newest, "review": review})
    html = BANNER.sub(lambda _found: note, html, count=1)
    html = html.replace(file(page.product.slug, page.number, "page.css"), static(SHEET))
    return HttpResponse(_without_links_ahead(html, page))


def _without_links_ahead(html: str, page: format.Page) -> str:
    """Links to what will be there once it is published are words until then."""
    slug = page.product.slug
    ahead = [addresses.publication(slug, page.number)]
    if page.number == 1:
        ahead += [addresses.product(slug), addresses.stories_of(slug), addresses.kits_of(slug)]
    there = "|".join(map(re.escape, ahead))
    link = re.compile(rf'<a [^>]*href="(?:/\w\w)?(?:{there})[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
    return link.sub(lambda found: f"<span>{found[1]}</span>", html)


@readers
def reply_to(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = views.now()
    review = policy.review_seen_by(request.person, pk)
    policy.check_speaks_for_vendor(request.person, review)
    there = reply.newest(review)
    form = SayForm(request.POST or None, initial={"words": there.words if there else ""})
    if request.method == "POST" and taken(form, lambda: _reply(form, request, review, at)):
        messages.success(request, _("Your reply will stand beside what we found."))
        return redirect("verdicts:of_review", pk=pk)
    return render(
        request, "verdicts/reply.html", {"form": form, "review": review, "draft": show.newest(review)}
    )


def _reply(form: SayForm, request: HttpRequest, review: Review, at: datetime) -> None:
    reply.reply(review, words=form.cleaned_data["words"], by=request.person, at=at)


@readers
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    at, _on = views.now()
    review = policy.review_seen_by(request.person, pk)
    policy.check_speaks_for_vendor(request.person, review)
    form = SayForm(request.POST or None)
    if request.method == "POST" and taken(form, lambda: _ask(form, request, review, at)):
        messages.success(request, _("Your request is here. It is answered within ten days."))
        return redirect("verdicts:of_review", pk=pk)
    return render(request, "verdicts/correct.html", {"form": form, "review": review})


def _ask(form: SayForm, request: HttpRequest, review: Review, at: datetime) -> None:
    reply.ask_correction(review, words=form.cleaned_data["words"], by=request.person, at=at)
