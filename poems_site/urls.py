"""The addresses of the house. Each needs a line in accounts/permissions.py (check accounts.E001)."""

from django.urls import include, path

from poems_site import views
from poems_site.pages.help import views as help_views
from poems_site.pages.today.views import today

urlpatterns = [
    path("", views.home, name="home"),
    path("today/", today, name="today"),
    path("healthz", views.healthz, name="healthz"),
    path("help/", help_views.page, name="help"),
    path("account/", include("accounts.own_urls")),
    path("account/", include("allauth.urls")),
    path("transfers/", include("poems_site.pages.transfers.urls")),
    path("hospital/", include("accounts.urls")),
    path("hospital/users/<int:member_id>/", include("poems_site.pages.people.urls")),
    path("hospital/log/", include("poems_site.pages.log.urls")),
    path("hospital/reminders/", include("monitoring.reminders.urls")),
    path("guideline/", include("approval.urls")),
    path("patients/", include("patients.urls")),
    path("emergency/", include("patients.emergency_urls")),
    path("patients/<uuid:patient_id>/history/", include("poems_site.pages.history.urls")),
    path("patients/<uuid:patient_id>/export/", include("poems_site.pages.export.urls")),
    path("patients/<uuid:patient_id>/care/", include("poems_site.pages.care.urls")),
    path("patients/<uuid:patient_id>/plans/", include("treatment.urls")),
    path("confirmations/", include("treatment.hospital_urls")),
    path("drafts/", include("treatment.draft_urls")),
    path("changed-advice/", include("treatment.advice_urls")),
    path("", include("monitoring.board.urls")),
    path("", include("poems_site.pages.alerts.urls")),
    path("", include("monitoring.follow_ups.urls")),
    path("", include("monitoring.matching.urls")),
    path("", include("monitoring.imports.urls")),
    path("patients/<uuid:patient_id>/results/", include("monitoring.results.urls")),
    path("patients/<uuid:patient_id>/timeline/", include("monitoring.course.urls")),
]

handler400 = "poems_site.views.bad_request"
handler403 = "poems_site.views.forbidden"
handler404 = "poems_site.views.not_found"
handler500 = "poems_site.views.server_error"
