"""The addresses of the house. Each needs a line in accounts/permissions.py (check accounts.E001)."""

from django.urls import include, path

from poems_site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("help/", views.help_page, name="help"),
    path("account/", include("allauth.urls")),
    path("hospital/", include("accounts.urls")),
    path("patients/", include("patients.urls")),
]

handler400 = "poems_site.views.bad_request"
handler403 = "poems_site.views.forbidden"
handler404 = "poems_site.views.not_found"
handler500 = "poems_site.views.server_error"
