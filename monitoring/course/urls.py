from django.urls import path

from monitoring.course.views import responses, timeline

app_name = "course"

urlpatterns = [
    path("", timeline.timeline, name="timeline"),
    path("data/", timeline.data, name="data"),
    path("values.csv", timeline.table, name="table"),
    path("reading/", timeline.reading, name="reading"),
    path("response/<slug:axis>/", responses.decide, name="decide"),
]
