"""What a person does about their own sign-in, beside django-allauth's pages."""

from django.urls import path

from accounts.views import locks, proof, sessions

app_name = "me"

urlpatterns = [
    path("sso/", proof.sign_on, name="sign_on"),
    path("sso/ask/", proof.ask_provider, name="ask_provider"),
    path("passkey-question/", proof.passkey_question, name="passkey_question"),
    path("lock/", locks.lock, name="lock"),
    path("used/", locks.used, name="used"),
    path("unlock/", locks.unlock, name="unlock"),
    path("unlocked/", locks.unlocked, name="unlocked"),
    path("token/", locks.token, name="token"),
    path("kept/", proof.kept_form, name="kept"),
    path("kept/throw-away/", proof.throw_away, name="throw_away"),
    path("sessions/", sessions.session_list, name="sessions"),
    path("sessions/<int:session_id>/end/", sessions.end_session, name="end_session"),
    path("sessions/end-every/", sessions.end_every_session, name="end_every_session"),
]
