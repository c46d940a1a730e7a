from django.urls import path

from poems_site.pages.alerts import views

app_name = "alerts"

urlpatterns = [
    path("hospital/alerts/", views.statistics, name="statistics"),
    path("patients/<uuid:patient_id>/alerts/", views.patient_alerts, name="patient"),
    path(
        "patients/<uuid:patient_id>/alerts/<uuid:alert_id>/acknowledge/",
        views.acknowledge,
        name="acknowledge",
    ),
    path("patients/<uuid:patient_id>/alerts/<uuid:alert_id>/hand-over/", views.hand_over, name="hand_over"),
]
