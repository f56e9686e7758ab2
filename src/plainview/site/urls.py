"""Every address of the house, room by room. A face that is switched off has none."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from plainview.site.home import home

CLASSROOM: list[URLPattern | URLResolver] = []
if "classroom" in settings.FACES:
    CLASSROOM = [
        path("", include("plainview.classroom.day.urls")),
        path("guidance/", include("plainview.classroom.guidance.urls")),
        path("plans/", include("plainview.classroom.plans.urls")),
        path("evidence/", include("plainview.classroom.evidence.urls")),
        path("learn/", include("plainview.classroom.curriculum.urls")),
    ]

DESK: list[URLPattern | URLResolver] = []
if "desk" in settings.FACES:
    DESK = [
        path("desk/", include("plainview.desk.reviews.urls")),
        path("ask/", include("plainview.desk.reviews.ask_urls")),
        path("desk/", include("plainview.desk.experts.urls")),
        path("desk/", include("plainview.desk.verdicts.urls")),
        path("desk/", include("plainview.desk.register.urls")),
        path("", include("plainview.desk.stories.urls")),
        path("", include("plainview.desk.background.urls")),
        path("", include("plainview.desk.kits.urls")),
        path("", include("plainview.desk.public.urls")),
    ]

urlpatterns = [
    path("", home),
    *CLASSROOM,
    *DESK,
    path("people/", include("plainview.lobby.people.urls")),
    path("account/", include("plainview.lobby.people.account_urls")),
    path("language/", include("django.conf.urls.i18n")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("plainview.site.demo.urls")))
