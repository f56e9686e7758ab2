"""A file is handed over for a condition, and fetched again by who looks at it: kept, never shown.

In:   a request by the vendor's contact or by who leads.
Out:  a row, or the page with the sentence that says why not; bytes as an attachment.
Not here: whether it proves anything (views.condition).
"""

from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from plainview.desk.reviews import store, upload
from plainview.desk.verdicts import policy, proof, views
from plainview.desk.verdicts.models import Condition, Proof
from plainview.desk.verdicts.views import readers
from plainview.lobby.people.policy import Denied


@csrf_exempt  # the inner view is protected: the handler of the file must stand before the form is read
@readers
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    condition = Condition.objects.select_related("review__product__vendor").filter(pk=pk).first()
    if condition is None:
        raise Http404
    policy.check_may_hand_over_proof(request.person, condition)
    upload.take_straight_to_the_store(request)
    return _hand_over(request, condition)


@csrf_protect
def _hand_over(request: HttpRequest, condition: Condition) -> HttpResponse:
    at, _on = views.now()
    handed = request.FILES.get("file")
    if handed is None or not handed.size:
        large = _("The file is too large.") if upload.was_too_large(request) else ""
        messages.error(request, large or _("Choose a file that has something in it."))
    else:
        _keep(request, condition, handed, at)
    return redirect("verdicts:condition", pk=condition.pk)


def _keep(request: HttpRequest, condition: Condition, handed: upload.Handed, at: datetime) -> None:
    try:
        proof.hand_over(condition, name=handed.name, kept=handed.kept, by=request.person, at=at)
    except Denied as no:
        messages.error(request, str(no))
        return
    messages.success(request, _("It is here. A person looks whether it proves the condition."))


@readers
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was handed over, to be kept and not shown: whatever it is, no browser runs it here."""
    found = Proof.objects.select_related("condition__review__product__vendor").filter(pk=pk).first()
    if found is None:
        raise Http404
    policy.check_may_hand_over_proof(request.person, found.condition)
    response = FileResponse(store.path_of(found.sha256).open("rb"), as_attachment=True, filename=found.file)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    return response
