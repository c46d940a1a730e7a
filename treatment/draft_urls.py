from django.urls import path

from treatment.views import drafts

app_name = "drafts"

urlpatterns = [
    path("", drafts.draft_list, name="list"),
]
