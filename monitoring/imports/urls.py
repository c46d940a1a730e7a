from django.urls import path

from monitoring.imports.views import batches, columns, uploads

app_name = "imports"

urlpatterns = [
    path("imports/", uploads.batch_list, name="list"),
    path("imports/new/", uploads.new, name="new"),
    path("imports/<uuid:batch_id>/", batches.batch, name="batch"),
    path("imports/<uuid:batch_id>/columns/", columns.columns, name="columns"),
    path("imports/<uuid:batch_id>/names/", columns.names, name="names"),
    path("imports/<uuid:batch_id>/start/", batches.start, name="start"),
    path("imports/<uuid:batch_id>/cancel/", batches.cancel, name="cancel"),
    path("imports/<uuid:batch_id>/discard/", batches.discard, name="discard"),
    path("imports/<uuid:batch_id>/refused/", batches.refused, name="refused"),
    path("patients/<uuid:patient_id>/import/", uploads.new_for_patient, name="new_for_patient"),
]
