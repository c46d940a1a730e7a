from django.urls import path

from monitoring.results.views import detail, nerve, results

app_name = "results"

urlpatterns = [
    path("", results.result_list, name="list"),
    path("new/", results.new, name="new"),
    path("nerve/", nerve.assessment_list, name="nerve"),
    path("nerve/new/", nerve.new, name="new_nerve"),
    path("nerve/<int:assessment_id>/correct/", nerve.correct, name="correct_nerve"),
    path("nerve/<int:assessment_id>/error/", nerve.error, name="nerve_error"),
    path("<int:result_id>/", detail.detail, name="detail"),
    path("<int:result_id>/correct/", results.correct, name="correct"),
    path("<int:result_id>/error/", detail.error, name="error"),
    path("<int:result_id>/take-back/", detail.take_back, name="take_back"),
]
