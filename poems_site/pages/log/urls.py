from django.urls import path

from poems_site.pages.log import views

app_name = "log"

urlpatterns = [
    path("", views.page, name="page"),
    path("export/", views.export, name="export"),
]
