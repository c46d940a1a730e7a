from django.urls import path

from monitoring.matching import views

app_name = "matching"

ONE_ITEM = "patients/<uuid:patient_id>/follow-ups/<uuid:follow_up_id>/"

urlpatterns = [path(f"{ONE_ITEM}results/", views.results_of_item, name="results")]
