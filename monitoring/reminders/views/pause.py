"""A person's own pause: until when, and who stands in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.people import able_people
from monitoring.reminders import queries
from monitoring.reminders.actions import pauses
from monitoring.reminders.forms import PauseForm


@require_http_methods(["GET", "POST"])
def pause(request: MemberRequest) -> HttpResponse:
    """Begin a pause with a cover and an end, or end it early."""
    me = require_membership(request)
    now = timezone.now()
    today = local_day(me.hospital, now)
    colleagues = [member for member in able_people(me) if member.user_id != me.user_id]
    if request.method == "POST" and "end" in request.POST:
        pauses.end(by=me, now=now)
        messages.success(request, "Your reminders come to you again.")
        return redirect("reminders:pause")
    form = PauseForm(request.POST if request.method == "POST" else None, colleagues=colleagues, on=today)
    if request.method == "POST" and form.is_valid():
        cover = next(one for one in colleagues if one.user_id == form.cleaned_data["cover"])
        days = {name: form.cleaned_data[name] for name in ("first_on", "last_on")}
        try:
            begun = pauses.begin(cover=cover, today=today, by=me, now=now, **days)
        except pauses.PauseRefusedError as refused:
            form.add_error("last_on", str(refused))
        else:
            messages.success(
                request, f"Until {begun.last_on:%-d %b %Y} your reminders go to {begun.cover.full_name}."
            )
            return redirect("reminders:pause")
    context = {"form": form, "pause": queries.pause_of(me, on=today), "colleagues": colleagues}
    return render(request, "monitoring/reminders/pause.html", context, status=422 if form.errors else 200)
