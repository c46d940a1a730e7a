from django.urls import path

from monitoring.follow_ups.views import events, feed, handing_over, item, listing

app_name = "follow_ups"

ONE_PATIENT = "patients/<uuid:patient_id>/follow-ups/"
ONE_ITEM = f"{ONE_PATIENT}<uuid:follow_up_id>/"

urlpatterns = [
    path("follow-ups/", listing.follow_up_list, name="list"),
    path("follow-ups/calendar/", listing.calendar, name="calendar"),
    path("follow-ups/feed/", feed.feed_settings, name="feed_settings"),
    path("follow-ups/feed/<str:secret>.ics", feed.feed, name="feed"),
    path("follow-ups/people/", handing_over.answering, name="answering"),
    path("follow-ups/people/<uuid:person_id>/", handing_over.hand_over, name="hand_over"),
    path(ONE_PATIENT, listing.patient_follow_ups, name="patient"),
    path(f"{ONE_PATIENT}new/", item.new, name="new"),
    path(
        f"{ONE_PATIENT}events/<uuid:origin_id>/<slug:anchor>/<slug:day>/",
        events.move_event,
        name="move_event",
    ),
    path(f"{ONE_ITEM}reschedule/", item.reschedule, name="reschedule"),
    path(f"{ONE_ITEM}close/", item.close, name="close"),
    path(f"{ONE_ITEM}people/", item.assign, name="assign"),
]
