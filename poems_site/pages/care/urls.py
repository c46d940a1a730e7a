from django.urls import path

from poems_site.pages.care.views import death, page

app_name = "care"

urlpatterns = [
    path("", page.show, name="page"),
    path("death/", death.record, name="death"),
    path("death/undo/", death.take_back, name="take_back_death"),
]
