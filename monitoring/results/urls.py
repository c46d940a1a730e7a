from django.urls import path

from monitoring.results import views

app_name = "results"

urlpatterns = [
    path("", views.result_list, name="list"),
    path("new/", views.new, name="new"),
    path("<int:result_id>/correct/", views.correct, name="correct"),
    path("<int:result_id>/error/", views.error, name="error"),
]
