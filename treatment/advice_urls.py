from django.urls import path

from treatment.views import changed_advice

app_name = "advice"

urlpatterns = [path("", changed_advice.changed, name="changed")]
