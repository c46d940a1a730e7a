from django.urls import path

from poems_site.pages.export import views

app_name = "export"

urlpatterns = [
    path("", views.page, name="page"),
    path("record/", views.record, name="record"),
    path("results/", views.results, name="results"),
]
