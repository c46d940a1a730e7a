"""What a person does about their own sign-in, beside django-allauth's pages."""

from django.urls import path

from accounts.views import sessions

app_name = "me"

urlpatterns = [
    path("sessions/", sessions.session_list, name="sessions"),
    path("sessions/<int:session_id>/end/", sessions.end_session, name="end_session"),
    path("sessions/end-every/", sessions.end_every_session, name="end_every_session"),
]
