from django.urls import path

from patients.views import identity

app_name = "patients"

urlpatterns = [
    path("", identity.patient_list, name="list"),
    path("register/", identity.register, name="register"),
    path("<uuid:patient_id>/", identity.overview, name="overview"),
    path("<uuid:patient_id>/edit/", identity.edit, name="edit"),
    path("<uuid:patient_id>/history/", identity.history, name="history"),
]
