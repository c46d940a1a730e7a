from django.urls import path

from approval.views import acting, reading

app_name = "approval"

urlpatterns = [
    path("", reading.version_list, name="list"),
    path("<str:version_key>/", reading.version, name="version"),
    path("<str:version_key>/read/<str:section>/", reading.section, name="section"),
    path("<str:version_key>/changes-since/<str:earlier_key>/", reading.changes, name="changes"),
    path("<str:version_key>/step/", acting.step, name="step"),
    path("<str:version_key>/adoption/", acting.adoption, name="adoption"),
]
