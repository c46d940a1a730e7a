from django.urls import path

from poems_site.pages.people.views import leaving, person

app_name = "people"

urlpatterns = [
    path("", person.page, name="person"),
    path("hand-over/", leaving.hand_over, name="hand_over"),
    path("deactivate/", leaving.deactivate, name="deactivate"),
    path("reactivate/", leaving.reactivate, name="reactivate"),
]
