"""What `/` is: whoever is signed in finds her own first page, anyone else the face that stands open.

In:   a request for `/`.
Out:  with a classroom, the school's door, and for people of the desk their work; on a desk alone, what anyone
      may read.
Not here: those pages.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from plainview.lobby.people.models import Role
from plainview.site.places import places_of

OF_THE_DESK = {Role.CHAIR, Role.EXPERT, Role.STEWARD, Role.OFFICER, Role.VENDOR}
OPEN_TO_ANYONE = "/products/"


def home(request: HttpRequest) -> HttpResponse:
    person = request.person
    if person and person.role in OF_THE_DESK and "desk" in settings.FACES:
        return redirect(first_of(person.role))
    if "classroom" in settings.FACES:
        # A desk alone has no such room.
        from plainview.classroom.day.views import first_page

        return first_page(request)
    return _open_to_anyone(request)


def _open_to_anyone(request: HttpRequest) -> HttpResponse:
    """The list of what was published, as its own door gives it out."""
    # A school alone has no such room.
    from plainview.desk.published.door import PublicDoor

    request.path_info = OPEN_TO_ANYONE
    return PublicDoor(_not_there)(request)


def _not_there(request: HttpRequest) -> HttpResponse:
    raise Http404


def first_of(role: str) -> str:
    places = places_of(role)
    return places[0][0] if places else OPEN_TO_ANYONE
