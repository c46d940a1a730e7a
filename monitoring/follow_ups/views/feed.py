"""The calendar feed: its page for the person, and the address that calendar programs read."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from accounts.scope import hospital_scope
from monitoring.follow_ups import feeds, queries
from monitoring.follow_ups.actions.feeds import close_feed, open_feed


@require_http_methods(["GET", "POST"])
def feed_settings(request: MemberRequest) -> HttpResponse:
    """Open a feed, replace its address, or close it. The address is shown once."""
    me = require_membership(request)
    address = ""
    if request.method == "POST":
        if "close" in request.POST:
            close_feed(by=me, now=timezone.now())
            return redirect("follow_ups:feed_settings")
        secret = open_feed(by=me, now=timezone.now())
        address = settings.SITE_URL + reverse("follow_ups:feed", args=[secret])
    context = {"address": address, "feed": queries.feed_of(me)}
    return render(request, "monitoring/follow_ups/feed.html", context)


@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The open items of the person whose secret this is; Http404 for any other secret."""
    member = queries.member_of_feed(feeds.hash_of(secret))
    if member is None:
        raise Http404("No such calendar.")
    with hospital_scope(member.hospital_id, actor=str(member.user_id)):
        items = list(queries.open_items(member, mine=True)[: queries.FEED_SIZE])
    body = feeds.as_calendar(
        items,
        link=settings.SITE_URL + reverse("follow_ups:list"),
        host=urlsplit(settings.SITE_URL).hostname or "localhost",
        now=timezone.now(),
    )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
