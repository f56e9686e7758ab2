"""The pages of evidence: writing it down, reading one row, putting it right, a family's request."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plainview.classroom.curriculum.models import Competency
from plainview.classroom.evidence import amend as amendments
from plainview.classroom.evidence import capture as page
from plainview.classroom.evidence import correct as corrections
from plainview.classroom.evidence import images, languages, policy, read, record, upload
from plainview.classroom.evidence import judge as judgements
from plainview.classroom.evidence.forms import (
    OUTCOMES,
    AmendmentForm,
    AnswerToFamilyForm,
    CaptureForm,
    CorrectionForm,
    JudgementForm,
    SelfAssessmentForm,
)
from plainview.classroom.evidence.models import Amendment, Evidence, Helped, Judgement, Kind, Medium, Work
from plainview.classroom.evidence.note import note
from plainview.classroom.evidence.own_words import own
from plainview.classroom.evidence.policy import NotTaken
from plainview.classroom.evidence.tell import response as said_response
from plainview.classroom.evidence.tell import tell, told
from plainview.lobby.ledger import write
from plainview.lobby.people import days
from plainview.lobby.people import policy as people_policy
from plainview.lobby.people.door import (
    class_adults_only,
    families_only,
    signed_in,
    students_only,
    teachers_only,
)
from plainview.lobby.people.models import Person, Role
from plainview.lobby.people.names import joined

# A note may wait on a device without a network over a weekend and a holiday; a wrong clock reaches further.
LONGEST_WAIT = timedelta(days=30)


# --- writing down what one saw -----------------------------------------------------------------------------


@class_adults_only
def capture(request: HttpRequest) -> HttpResponse:
    """Tap a name, what it is about, what you saw."""
    at, on = timezone.now(), timezone.localdate()
    class_pk = request.GET.get("class", "")
    shown = page.capture(
        request.person,
        class_pk=int(class_pk) if class_pk.isdecimal() else None,
        competency=request.GET.get("competency", ""),
        on=on,
    )
    form = _capture_form(request, shown)
    if request.method == "POST" and form.is_valid():
        try:
            return _keep_note(request, form, shown, at=at, on=on)
        except NotTaken as fault:
            form.add_error(None, str(fault))
    about = [child.pk for child in shown.children]
    write.looked("evidence.capture.looked", by=request.person.pk, at=at, about=about)
    context = {"form": form, "page": shown, "today": on}
    return render(request, "evidence/capture.html", context, status=422 if form.errors else 200)


def _capture_form(request: HttpRequest, shown: page.Capture) -> CaptureForm:
    here = shown.school_class
    spoken = [here.language if here else "en", *sorted({child.language for child in shown.children})]
    return CaptureForm(
        request.POST or None,
        request.FILES or None,
        tiles=shown.tiles,
        spoken=spoken,
        too_large=upload.was_too_large(request, "photo"),
        initial={
            "children": request.GET.getlist("child"),
            "competency": shown.recent[0].identifier if shown.recent else "",
            "medium": request.GET.get("medium", Medium.HANDS_ON),
            "language": request.GET.get("language", spoken[0]),
        },
    )


def _keep_note(request, form: CaptureForm, shown: page.Capture, *, at: datetime, on: date) -> HttpResponse:
    said = form.cleaned_data
    competency = _competency(said["competency"])
    children = [child for child in shown.children if child.pk in said["children"]]
    rows = note(
        form.seen(competency=competency, on=said["on"] or _day_written(request, at=at, on=on)),
        students=children,
        by=request.person,
        at=at,
        client_key=said["client_key"],
        picture=said["photo"],
    )
    if "X-Plainview-Queue" in request.headers:
        return HttpResponse(status=204)
    if any(row.at != at for row in rows):
        messages.info(request, _("This note was kept before, as it stands below. Open it to change it."))
    else:
        messages.success(request, _written_down(children, shown))
    remembered = {"class": shown.school_class.pk, "competency": said["competency"]}
    remembered |= {"medium": said["medium"], "language": said["language"]}
    return redirect(f"{reverse('evidence:capture')}?{urlencode(remembered)}")


def _day_written(request: HttpRequest, *, at: datetime, on: date) -> date:
    """A note that waited on a device says when it was written; an impossible clock is not believed."""
    try:
        written_at = parse_datetime(request.POST.get("written_at", ""))
    except ValueError:
        written_at = None
    if written_at is None or timezone.is_naive(written_at) or not at - LONGEST_WAIT < written_at <= at:
        return on
    return timezone.localdate(written_at)


def _written_down(children: list[Person], shown: page.Capture) -> str:
    names = joined(child.short_name for child in children)
    words = _("Written down for %(names)s.") % {"names": names}
    away = {tile.pk: tile.name for tile in shown.tiles if tile.is_away}
    if here_after_all := [away[child.pk] for child in children if child.pk in away]:
        names = joined(here_after_all)
        words += " " + _("Today's list says away: %(names)s.") % {"names": names}
    return words


def _competency(identifier: str) -> Competency | None:
    if not identifier:
        return None
    found = Competency.objects.filter(identifier=identifier).first()
    if found is None:
        raise NotTaken(
            _("This skill is not in the unit any more. Choose another; your words are still here.")
        )
    return found


@students_only
def self_assess(request: HttpRequest) -> HttpResponse:
    """What a child thinks she can do: her own word, beside the others'."""
    at, on = timezone.now(), timezone.localdate()
    form = SelfAssessmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        shown, helped = OUTCOMES[said["outcome"]]
        try:
            thinks = record.Seen(
                kind=Kind.SELF_ASSESSMENT,
                competency=_competency(said["competency"]),
                shown=shown,
                words=said["words"],
                language=request.LANGUAGE_CODE,
                medium=Medium.SCREEN,
                helped=Helped.ADULT if helped is None else helped,
                on=on,
            )
            row = record.observe(
                thinks, student=request.person, by=request.person, at=at, client_key=said["client_key"]
            )
            messages.success(request, _("Your word is kept, and your teacher can read it."))
            return redirect("evidence:record", pk=row.pk)
        except NotTaken as fault:
            form.add_error(None, str(fault))
    recent, others = page.skills([request.person.pk], request.GET.get("competency", ""))
    context = {"form": form, "recent": recent, "others": others, "chosen": request.GET.get("competency", "")}
    return render(request, "evidence/self_assess.html", context, status=422 if form.errors else 200)


# --- reading one row ---------------------------------------------------------------------------------------


@signed_in
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """Who, when, in which language and medium, with what help, and every correction since."""
    at, on = timezone.now(), timezone.localdate()
    evidence = _row_seen_by(request.person, pk, on=on)
    _looked(request, "evidence.row.looked", evidence.student_id, at=at, thing=evidence.pk)
    rows = read.history(evidence)
    context = {
        "row": evidence,
        "told": told(evidence, today=on),
        "response": said_response(evidence),
        "history": [_replaced(old, newer, today=on) for old, newer in pairwise(rows)],
        "newest": rows[-1],
        "may_correct": rows[-1] == evidence
        and Evidence.objects.correctable_by(request.person, on=on).filter(pk=pk).exists(),
        "requests": _requests_beside(request.person, rows),
        "language": languages.name(evidence.language),
        "at_words": date_format(timezone.localtime(evidence.at), "DATETIME_FORMAT"),
    }
    if request.person.pk == evidence.student_id:
        return render(request, "evidence/my_record.html", context | {"own": own(evidence)})
    return render(request, "evidence/record.html", context)


def _replaced(old: Evidence, newer: Evidence, *, today: date) -> dict:
    return {
        "told": told(old, today=today, replaced_by=newer, with_image=False),
        "why": newer.why,
        "by": newer.by.full_name,
        "on_words": days.said(newer.at, today=today),
        "on_exact": days.exact(newer.at),
    }


def _requests_beside(person: Person, rows: list[Evidence]) -> list[Amendment]:
    """A family's words beside the row: for the adults of the class, and for whoever wrote them."""
    asked = Amendment.objects.filter(evidence__in=rows).select_related("asked_by", "answered_by")
    if person.role == Role.STUDENT:
        return []
    return list(asked.filter(asked_by=person) if person.role == Role.GUARDIAN else asked)


@signed_in
@require_safe
def work_image(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked anew each time: the browser may keep the picture, but not show it without our word."""
    at, on = timezone.now(), timezone.localdate()
    work = get_object_or_404(Work, pk=pk)
    policy.check_may_see_work(request.person, work, on=on)
    _looked(request, "evidence.work.looked", work.student_id, at=at, thing=work.pk)
    tag = f'"{work.digest}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponseNotModified()
    else:
        try:
            answer = FileResponse(images.open_stored(work.image), content_type="image/jpeg")
        except OSError as gone:
            raise Http404 from gone
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = tag
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = f'inline; filename="work-{work.pk}.jpg"'
    return answer


# --- putting it right --------------------------------------------------------------------------------------


@signed_in
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A new row that holds from now on, or none: the old one stays and can be read."""
    at, on = timezone.now(), timezone.localdate()
    evidence = _row_seen_by(request.person, pk, on=on)
    policy.check_may_correct(request.person, evidence, on=on)
    form = _correction_form(request, evidence)
    if request.method == "POST" and form.is_valid():
        said = {"by": request.person, "at": at, "why": form.cleaned_data["why"]}
        said["client_key"] = form.cleaned_data["client_key"]
        try:
            if request.POST.get("deed") == "withdraw":
                newer = corrections.withdraw(evidence, **said)
            else:
                newer = corrections.correct(evidence, **said, **form.changes())
            return redirect("evidence:record", pk=newer.pk)
        except NotTaken as fault:
            form.add_error(None, str(fault))
    _looked(request, "evidence.row.looked", evidence.student_id, at=at, thing=evidence.pk)
    context = {"form": form, "row": evidence, "told": told(evidence, today=on)}
    return render(request, "evidence/correct.html", context, status=422 if form.errors else 200)


def _correction_form(request: HttpRequest, evidence: Evidence) -> CorrectionForm:
    as_it_stands = {name: getattr(evidence, name) for name in corrections.MAY_CHANGE}
    shown = "" if evidence.shown is None else f"{evidence.shown:g}"
    return CorrectionForm(
        request.POST or None,
        evidence=evidence,
        competencies=Competency.objects.filter(Q(retired=False) | Q(pk=evidence.competency_id)),
        initial=as_it_stands | {"shown": shown, "response": said_response(evidence)},
    )


@teachers_only
def judge(request: HttpRequest, student_pk: int, competency_pk: int) -> HttpResponse:
    """The teacher's own word, with the newest work in view."""
    at, on = timezone.now(), timezone.localdate()
    student = people_policy.student_seen_by(request.person, student_pk, on=on)
    competency = get_object_or_404(Competency, pk=competency_pk)
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        judgements.judge(student=student, competency=competency, by=request.person, at=at, **said)
        messages.success(request, _("Your word stands beside the estimate, and holds."))
        return redirect(_back(request) or request.get_full_path())
    write.looked(
        "evidence.judge.looked", by=request.person.pk, at=at, about=[student.pk], thing=competency.pk
    )
    rows = Evidence.objects.filter(student=student, competency=competency).current().order_by("-pk")
    said_before = Judgement.objects.filter(student=student, competency=competency).select_related("by")
    context = {
        "form": form,
        "student": student,
        "competency": competency,
        "rows": tell(rows.select_related("competency__unit", "item", "work", "by")[:12], today=on),
        "before": [
            (one, days.said(one.at, today=on), days.exact(one.at)) for one in said_before.order_by("-pk")
        ],
    }
    return render(request, "evidence/judge.html", context, status=422 if form.errors else 200)


# --- a family's request ------------------------------------------------------------------------------------


@families_only
def amend(request: HttpRequest, student_pk: int) -> HttpResponse:
    """Ask for a row to be put right, or lay one's own word beside it; see what was answered."""
    at, on = timezone.now(), timezone.localdate()
    student = people_policy.student_seen_by(request.person, student_pk, on=on)
    about = request.GET.get("row", "")
    evidence = _row_seen_by(request.person, int(about), on=on) if about.isdecimal() else None
    if evidence and evidence.student_id != student.pk:
        raise Http404
    form = AmendmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {"evidence": evidence, "words": form.cleaned_data["words"], "by": request.person, "at": at}
        asked = amendments.ask(student=student, **said)
        due = date_format(asked.due_on, "l, j F")
        messages.success(request, _("The school has your words. An answer is due by %(day)s.") % {"day": due})
        return redirect("evidence:amend", student_pk=student.pk)
    write.looked("evidence.amend.looked", by=request.person.pk, at=at, about=[student.pk])
    mine = Amendment.objects.filter(student=student, asked_by=request.person).order_by("-pk")
    context = {
        "form": form,
        "student": student,
        "told": told(evidence, today=on) if evidence else None,
        "requests": mine.select_related("answered_by", "evidence"),
    }
    return render(request, "evidence/amend.html", context, status=422 if form.errors else 200)


@class_adults_only
def amendments_waiting(request: HttpRequest) -> HttpResponse:
    """What families asked, the earliest due first."""
    at, on = timezone.now(), timezone.localdate()
    seen = Person.objects.seen_by(request.person, on=on)
    waiting = Amendment.objects.filter(student__in=seen, answer="").select_related(
        "student", "asked_by", "evidence"
    )
    waiting = list(waiting.order_by("due_on", "pk"))
    about = sorted({one.student_id for one in waiting})
    write.looked("evidence.amendments.looked", by=request.person.pk, at=at, about=about)
    return render(request, "evidence/amendments.html", {"waiting": waiting, "today": on})


@class_adults_only
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    at, on = timezone.now(), timezone.localdate()
    seen = Person.objects.seen_by(request.person, on=on)
    asked = get_object_or_404(
        Amendment.objects.select_related("student", "asked_by", "answered_by"), pk=pk, student__in=seen
    )
    form = AnswerToFamilyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            amendments.answer(asked, words=form.cleaned_data["words"], by=request.person, at=at)
            messages.success(request, _("The family can read your answer now."))
            return redirect("evidence:amendment", pk=pk)
        except NotTaken as fault:
            form.add_error(None, str(fault))
    write.looked(
        "evidence.amendments.looked", by=request.person.pk, at=at, about=[asked.student_id], thing=pk
    )
    evidence = _row_seen_by(request.person, asked.evidence_id, on=on) if asked.evidence_id else None
    context = {"form": form, "asked": asked, "told": told(evidence, today=on) if evidence else None}
    return render(request, "evidence/amendment.html", context, status=422 if form.errors else 200)


# --- what several pages need -------------------------------------------------------------------------------


def _row_seen_by(person: Person, pk: int, *, on: date) -> Evidence:
    rows = Evidence.objects.seen_by(person, on=on)
    return get_object_or_404(
        rows.select_related("student", "competency__unit", "item__unit", "work", "by"), pk=pk
    )


def _looked(request: HttpRequest, deed: str, student_pk: int, *, at: datetime, thing: int) -> None:
    if request.person.is_adult:
        write.looked(deed, by=request.person.pk, at=at, about=[student_pk], thing=thing)


def _back(request: HttpRequest) -> str:
    """Where the reader came from, if it is one of our own pages."""
    to = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()})
    return to if is_ours else ""
