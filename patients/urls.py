from django.urls import path

from patients.views import assessments, diagnosis, extent, identity, listing, treatments

app_name = "patients"

urlpatterns = [
    path("", listing.patient_list, name="list"),
    path("register/", identity.register, name="register"),
    path("<uuid:patient_id>/", identity.overview, name="overview"),
    path("<uuid:patient_id>/edit/", identity.edit, name="edit"),
    path("<uuid:patient_id>/assessments/", assessments.assessments, name="assessments"),
    path("<uuid:patient_id>/assessments/diagnosis/", diagnosis.assess, name="assess_diagnosis"),
    path(
        "<uuid:patient_id>/assessments/diagnosis/<int:diagnosis_id>/",
        diagnosis.correct,
        name="correct_diagnosis",
    ),
    path(
        "<uuid:patient_id>/assessments/diagnosis/<int:diagnosis_id>/error/",
        assessments.diagnosis_error,
        name="diagnosis_error",
    ),
    path("<uuid:patient_id>/assessments/extent/", extent.assess, name="assess_extent"),
    path("<uuid:patient_id>/assessments/extent/<int:extent_id>/", extent.correct, name="correct_extent"),
    path(
        "<uuid:patient_id>/assessments/extent/<int:extent_id>/error/",
        assessments.extent_error,
        name="extent_error",
    ),
    path("<uuid:patient_id>/treatments/", treatments.treatments, name="treatments"),
    path("<uuid:patient_id>/treatments/add/", treatments.add, name="add_treatment"),
    path("<uuid:patient_id>/treatments/<int:treatment_id>/", treatments.edit, name="edit_treatment"),
    path("<uuid:patient_id>/treatments/<int:treatment_id>/error/", treatments.error, name="treatment_error"),
]
