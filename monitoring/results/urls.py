from django.urls import path

from monitoring.results.views import detail, moves, nerve, pet, results, visit

app_name = "results"

urlpatterns = [
    path("", results.result_list, name="list"),
    path("new/", results.new, name="new"),
    path("visit/", visit.visit, name="visit"),
    path("nerve/", nerve.assessment_list, name="nerve"),
    path("nerve/new/", nerve.new, name="new_nerve"),
    path("nerve/<int:assessment_id>/correct/", nerve.correct, name="correct_nerve"),
    path("nerve/<int:assessment_id>/error/", nerve.error, name="nerve_error"),
    path("nerve/<int:assessment_id>/take-back/", nerve.take_back, name="take_back_nerve"),
    path("nerve/<int:assessment_id>/move/", moves.move_assessment, name="move_nerve"),
    path("pet/", pet.scan_list, name="pet"),
    path("pet/new/", pet.new, name="new_pet"),
    path("pet/<int:scan_id>/correct/", pet.correct, name="correct_pet"),
    path("pet/<int:scan_id>/error/", pet.error, name="pet_error"),
    path("pet/<int:scan_id>/take-back/", pet.take_back, name="take_back_pet"),
    path("pet/<int:scan_id>/move/", moves.move_scan, name="move_pet"),
    path("<int:result_id>/", detail.detail, name="detail"),
    path("<int:result_id>/correct/", results.correct, name="correct"),
    path("<int:result_id>/error/", detail.error, name="error"),
    path("<int:result_id>/take-back/", detail.take_back, name="take_back"),
    path("<int:result_id>/move/", moves.move_result, name="move"),
]
