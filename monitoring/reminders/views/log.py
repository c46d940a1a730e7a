"""The admin's mail log: what was sent, came back or is to come; send again, trust an address again."""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import MemberRequest
from accounts.models import Hospital
from accounts.queries import require_membership
from accounts.scope import hospital_scope
from monitoring.follow_ups.local_days import local_day
from monitoring.reminders import health, presenters, queries
from monitoring.reminders.actions import mail_log as mail_log_actions
from monitoring.reminders.local_hours import digest_day, mails_go_out
from monitoring.reminders.models import Digest
from monitoring.reminders.outlook import next_mailing


@require_GET
def mail_log(request: MemberRequest) -> HttpResponse:
    """What was sent, refused or waits, and what the next hour of the digest will bring."""
    me = require_membership(request)
    now = timezone.now()
    next_day = _next_day(me.hospital, now)
    # The admin may read no patient row: counted as the jobs count, and nothing but names and numbers shown.
    with hospital_scope(me.hospital_id, actor=str(me.user_id)):
        log = queries.log_of(me)
        tries = queries.attempts_of(log)
        to_come = queries.to_come(me.hospital, next_day, next_day)
        unreachable = queries.people_whose_mails_came_back(me.hospital_id)
    today = local_day(me.hospital, now)
    context = {
        "rows": presenters.rows(log, me.hospital, tries),
        "refused": any(digest.refused_at and digest.local_date == today for digest in log),
        "unreachable": unreachable,
        "stands_still": not health.state(now=now).is_alive,
        "to_come": to_come,
        "next_day": next_day,
        "log_size": queries.LOG_SIZE,
    }
    return render(request, "monitoring/reminders/log.html", context)


@require_GET
def to_come(request: MemberRequest) -> HttpResponse:
    """Every digest of the next ninety days as things stand: who, when, why; never about whom."""
    me = require_membership(request)
    first = _next_day(me.hospital, timezone.now())
    with hospital_scope(me.hospital_id, actor=str(me.user_id)):
        mails = queries.to_come(me.hospital, first)
    context = {
        "mails": mails[: queries.TO_COME_SIZE],
        "first": first,
        "more": len(mails) > queries.TO_COME_SIZE,
    }
    return render(request, "monitoring/reminders/to_come.html", context)


@require_POST
def send_again(request: MemberRequest, digest_id: UUID) -> HttpResponse:
    """Let a mail that ended go out anew with the next sweep."""
    me = require_membership(request)
    with hospital_scope(me.hospital_id, actor=str(me.user_id)):
        try:
            mail_log_actions.send_again(digest_id=digest_id, by=me, now=timezone.now())
        except Digest.DoesNotExist as error:
            raise Http404("No such mail in this hospital.") from error
        except mail_log_actions.NotEndedError:
            messages.info(request, "This mail waits already; it goes out by itself.")
        else:
            messages.success(request, "It goes out again in the next minutes, with what is still to be done.")
    return redirect("reminders:log")


@require_POST
def trust_again(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Say that an address works again, so that its person is told things again."""
    me = require_membership(request)
    with hospital_scope(me.hospital_id, actor=str(me.user_id)):
        forgiven = mail_log_actions.trust_again(person_id=person_id, by=me, now=timezone.now())
    if not forgiven:
        raise Http404("No mail to this person came back.")
    messages.success(request, "Mails go to this address again.")
    return redirect("reminders:log")


def _next_day(hospital: Hospital, now: datetime) -> date:
    """The local day of the next digest that nobody has had yet."""
    today = local_day(hospital, now)
    has_come = digest_day(hospital, now) is not None
    return next_mailing(today + timedelta(days=has_come), partial(mails_go_out, hospital))
