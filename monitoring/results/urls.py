from django.urls import path

from monitoring.results.views import results

app_name = "results"

urlpatterns = [
    path("", results.result_list, name="list"),
    path("new/", results.new, name="new"),
    path("<int:result_id>/correct/", results.correct, name="correct"),
    path("<int:result_id>/error/", results.error, name="error"),
]
