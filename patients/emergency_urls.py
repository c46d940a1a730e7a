from django.urls import path

from patients.views import emergency

app_name = "emergency"

urlpatterns = [
    path("", emergency.taken, name="list"),
    path("open/", emergency.open_record, name="open"),
    path("<uuid:access_id>/end/", emergency.end, name="end"),
    path("log/", emergency.log, name="log"),
]
