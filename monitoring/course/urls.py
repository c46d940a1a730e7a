from django.urls import path

from monitoring.course import views

app_name = "course"

urlpatterns = [
    path("", views.timeline, name="timeline"),
    path("data/", views.data, name="data"),
    path("values.csv", views.table, name="table"),
]
