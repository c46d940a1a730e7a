from django.urls import path

from poems_site.pages.people.views import leaving, person, support

app_name = "people"

urlpatterns = [
    path("", person.page, name="person"),
    path("hand-over/", leaving.hand_over, name="hand_over"),
    path("deactivate/", leaving.deactivate, name="deactivate"),
    path("reactivate/", leaving.reactivate, name="reactivate"),
    path("leave/", support.pause, name="pause"),
    path("end-sessions/", support.end_sessions, name="end_sessions"),
    path("second-factor/", support.ask_reset, name="ask_reset"),
]
