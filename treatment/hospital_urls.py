from django.urls import path

from treatment.views import exceptions

app_name = "confirmations"

urlpatterns = [path("", exceptions.waiting, name="list")]
