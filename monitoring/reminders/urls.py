from django.urls import path

from monitoring.reminders.views import log, pause, settings, status

app_name = "reminders"

urlpatterns = [
    path("", log.mail_log, name="log"),
    path("to-come/", log.to_come, name="to_come"),
    path("mails/<uuid:digest_id>/again/", log.send_again, name="send_again"),
    path("people/<uuid:person_id>/trust/", log.trust_again, name="trust_again"),
    path("settings/", settings.edit_settings, name="settings"),
    path("status/", status.status, name="status"),
    path("healthz", status.healthz, name="healthz"),
    path("pause/", pause.pause, name="pause"),
]
