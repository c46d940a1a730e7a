from django.urls import path

from patients.views import assessments, diagnosis, entries, extent, identity, listing, team, treatments

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
    path("<uuid:patient_id>/contact/", identity.edit_contact, name="edit_contact"),
    path("<uuid:patient_id>/team/", team.team, name="team"),
    path("<uuid:patient_id>/team/assign/", team.assign, name="assign"),
    path("<uuid:patient_id>/team/<int:assignment_id>/end/", team.end_assignment, name="end_assignment"),
    path("<uuid:patient_id>/team/<int:assignment_id>/error/", team.assignment_error, name="assignment_error"),
    path("<uuid:patient_id>/entries/event/", entries.events, name="events"),
    path("<uuid:patient_id>/fitness/", entries.fitness, name="fitness"),
    path("<uuid:patient_id>/entries/<slug:entry_kind>/add/", entries.add_entry, name="add_entry"),
    path(
        "<uuid:patient_id>/entries/<slug:entry_kind>/<int:entry_id>/", entries.edit_entry, name="edit_entry"
    ),
    path(
        "<uuid:patient_id>/entries/<slug:entry_kind>/<int:entry_id>/error/",
        entries.entry_error,
        name="entry_error",
    ),
]
