"""The addresses of this room. All are for people who have signed in."""

from django.urls import path

from plainview.desk.verdicts import proof_views, vendor_views, views

app_name = "verdicts"
urlpatterns = [
    path("verdicts/", views.reviews, name="list"),
    path("verdicts/<int:pk>/", views.review, name="of_review"),
    path("verdicts/<int:pk>/claims/<slug:claim>/", views.claim, name="claim"),
    path("verdicts/<int:pk>/gateways/<str:gate>/", views.gate, name="gate"),
    path("verdicts/<int:pk>/conditions/new/", views.new_condition, name="new_condition"),
    path("verdicts/conditions/<int:pk>/", views.condition, name="condition"),
    path("verdicts/conditions/<int:pk>/letter/", views.send_letter, name="letter"),
    path("verdicts/conditions/<int:pk>/proof/", proof_views.hand_over, name="hand_over"),
    path("verdicts/proofs/<int:pk>/", proof_views.fetch, name="proof"),
    path("verdicts/<int:pk>/conclude/", views.close, name="close"),
    path("verdicts/<int:pk>/show/", views.show_draft, name="show"),
    path("verdicts/<int:pk>/publish/", views.publish_page, name="publish"),
    path("verdicts/<int:pk>/reopen/", views.reopen_review, name="reopen"),
    path("verdicts/corrections/<int:pk>/", views.correction, name="correction"),
    path("verdicts/<int:pk>/draft/", vendor_views.draft, name="draft"),
    path("verdicts/<int:pk>/reply/", vendor_views.reply_to, name="reply"),
    path("verdicts/<int:pk>/correct/", vendor_views.correct, name="correct"),
]
