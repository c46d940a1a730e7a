from django.urls import path

from poems_site.pages.care.views import death, merges, offer, page

app_name = "care"

urlpatterns = [
    path("", page.show, name="page"),
    path("death/", death.record, name="death"),
    path("death/undo/", death.take_back, name="take_back_death"),
    path("merge/", merges.find, name="find_duplicate"),
    path("merge/<uuid:other_id>/", merges.show, name="merge"),
    path("merges/<int:merge_id>/undo/", merges.undo, name="undo_merge"),
    path("transfer/", offer.offer, name="transfer"),
]
