"""In: nothing. Out: the addresses of this room. Not here: what they show (the views)."""

from django.urls import path

from plainview.desk.reviews import ask_views as asking
from plainview.desk.reviews import handed_views as handed
from plainview.desk.reviews import said_views as said
from plainview.desk.reviews import views

app_name = "reviews"
urlpatterns = [
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/begin/", views.begin_review, name="begin"),
    path("reviews/take-in/", handed.take_in_page, name="take_in"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/decline/", views.decline, name="decline"),
    path("reviews/<int:pk>/gather/", views.gather, name="gather"),
    path("reviews/<int:pk>/said/", said.facts, name="facts"),
    path("reviews/<int:pk>/product/", said.product_sheet, name="product_sheet"),
    path("reviews/<int:pk>/new-claim/", said.new_claim, name="new_claim"),
    path("reviews/<int:pk>/claims/<slug:identifier>/", said.claim, name="claim"),
    path("reviews/<int:pk>/notice/", handed.tell_vendor, name="notice"),
    path("reviews/<int:pk>/letters/<int:notice_pk>/", handed.letter, name="letter"),
    path("reviews/<int:pk>/hand-over/", handed.hand_over, name="hand_over"),
    path("reviews/<int:pk>/plan/", said.plan_page, name="plan"),
    path("reviews/<int:pk>/freeze/", said.freeze, name="freeze"),
    path("reviews/<int:pk>/start/", said.start, name="start"),
    path("reviews/<int:pk>/progress/", said.progress, name="progress"),
    path("reviews/<int:pk>/findings/", said.findings, name="findings"),
    path("reviews/<int:pk>/findings.json", said.findings_json, name="findings_json"),
    path("reviews/<int:pk>/report/", said.report, name="report"),
    path("reviews/<int:pk>/dossier.zip", said.dossier, name="dossier"),
    path("asked/<int:asked_pk>/refuse/", handed.refuse, name="refuse"),
    path("exhibits/<int:exhibit_pk>/", handed.exhibit, name="exhibit"),
    path("exhibits/<int:exhibit_pk>/set-aside/", handed.set_exhibit_aside, name="set_aside"),
    path("exhibits/<int:exhibit_pk>/bytes/", handed.exhibit_bytes, name="exhibit_bytes"),
    path("requests/", asking.requests, name="requests"),
    path("requests/<int:pk>/", asking.one_request, name="request"),
    path("vendors/<slug:slug>/", views.vendor, name="vendor"),
    path("seats/<int:pk>/take/", views.take_seat, name="take_seat"),
]
