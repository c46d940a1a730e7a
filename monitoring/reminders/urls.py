from django.urls import path

from monitoring.reminders import views

app_name = "reminders"

urlpatterns = [
    path("", views.mail_log, name="log"),
    path("to-come/", views.to_come, name="to_come"),
    path("settings/", views.edit_settings, name="settings"),
]
