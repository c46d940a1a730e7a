from django.urls import path

from monitoring.matching import views

app_name = "matching"

urlpatterns = [path("", views.results_of_item, name="results")]
