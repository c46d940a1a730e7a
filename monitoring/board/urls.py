from django.urls import path

from monitoring.board import views

app_name = "board"

urlpatterns = [
    path("board/", views.board, name="list"),
    path("board/<uuid:case_id>/decide/", views.decide, name="decide"),
    path("patients/<uuid:patient_id>/board/", views.put_forward, name="put_forward"),
]
