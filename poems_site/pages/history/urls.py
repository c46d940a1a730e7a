from django.urls import path

from poems_site.pages.history import views

app_name = "record_history"

urlpatterns = [
    path("", views.changes, name="changes"),
    path("views/", views.looks, name="looks"),
    path("<slug:table_key>/<str:row_id>/", views.row, name="row"),
    path("<slug:table_key>/<str:row_id>/restore/<int:event_id>/", views.restore_state, name="restore"),
]
