from django.urls import path

from monitoring.follow_ups import views

app_name = "follow_ups"

ONE_PATIENT = "patients/<uuid:patient_id>/follow-ups/"

urlpatterns = [
    path("follow-ups/", views.follow_up_list, name="list"),
    path(ONE_PATIENT, views.patient_follow_ups, name="patient"),
    path(f"{ONE_PATIENT}<uuid:follow_up_id>/reschedule/", views.reschedule, name="reschedule"),
    path(f"{ONE_PATIENT}<uuid:follow_up_id>/close/", views.close, name="close"),
]
