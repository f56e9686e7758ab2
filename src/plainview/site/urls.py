"""Every address of the house, room by room."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("plainview.classroom.day.urls")),
    path("guidance/", include("plainview.classroom.guidance.urls")),
    path("plans/", include("plainview.classroom.plans.urls")),
    path("evidence/", include("plainview.classroom.evidence.urls")),
    path("learn/", include("plainview.classroom.curriculum.urls")),
    path("people/", include("plainview.lobby.people.urls")),
    path("account/", include("plainview.lobby.people.account_urls")),
    path("language/", include("django.conf.urls.i18n")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("plainview.site.demo.urls")))
