from django.urls import path

from poems_site.pages.transfers import views

app_name = "transfers"

urlpatterns = [
    path("", views.overview, name="list"),
    path("<uuid:transfer_id>/", views.answer, name="answer"),
    path("<uuid:transfer_id>/reject/", views.reject, name="reject"),
    path("<uuid:transfer_id>/withdraw/", views.withdraw, name="withdraw"),
]
