from django.urls import path

from patients.views import identity, record

app_name = "patients"

urlpatterns = [
    path("", identity.patient_list, name="list"),
    path("register/", identity.register, name="register"),
    path("<uuid:patient_id>/", identity.overview, name="overview"),
    path("<uuid:patient_id>/edit/", identity.edit, name="edit"),
    path("<uuid:patient_id>/assessments/", record.assessments, name="assessments"),
    path("<uuid:patient_id>/assessments/diagnosis/", record.assess_diagnosis, name="assess_diagnosis"),
    path("<uuid:patient_id>/assessments/extent/", record.assess_extent, name="assess_extent"),
    path("<uuid:patient_id>/treatments/", record.treatments, name="treatments"),
    path("<uuid:patient_id>/treatments/add/", record.add_treatment, name="add_treatment"),
    path("<uuid:patient_id>/treatments/<int:treatment_id>/", record.edit_treatment, name="edit_treatment"),
]
