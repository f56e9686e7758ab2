"""The addresses of this room: what anyone may open, and what is a steward's or a vendor's."""

from django.urls import path

from plainview.desk.stories import desk_views, views

app_name = "stories"
urlpatterns = [
    path("stories/", views.index, name="index"),
    path("stories/tell/", views.tell_one, name="tell"),
    path("stories/withdraw/", views.take_back, name="withdraw"),
    path("stories/moderation/", views.moderation, name="moderation"),
    path("stories/<slug:slug>/", views.of_product, name="of_product"),
    path("stories/<slug:slug>/<int:pk>/", views.one, name="one"),
    path("desk/stories/", desk_views.queue, name="queue"),
    path("desk/stories/release/", desk_views.release_all, name="release"),
    path("desk/stories/slips/", desk_views.sheets, name="sheets"),
    path("desk/stories/slips/<int:pk>/open/", desk_views.open_sheet, name="open_sheet"),
    path("desk/stories/log/", desk_views.log, name="log"),
    path("desk/stories/ours/", desk_views.ours, name="ours"),
    path("desk/stories/replies/<int:pk>/show/", desk_views.show_reply, name="show_reply"),
    path("desk/stories/replies/<int:pk>/keep-back/", desk_views.keep_reply_back, name="keep_reply_back"),
    path("desk/stories/<int:pk>/", desk_views.story, name="story"),
    path("desk/stories/<int:pk>/accept/", desk_views.accept, name="accept"),
    path("desk/stories/<int:pk>/mask/", desk_views.mask, name="mask"),
    path("desk/stories/<int:pk>/take-away/", desk_views.take_away, name="take_away"),
    path("desk/stories/<int:pk>/tag/", desk_views.tag, name="tag"),
    path("desk/stories/<int:pk>/reply/", desk_views.reply, name="reply"),
]
