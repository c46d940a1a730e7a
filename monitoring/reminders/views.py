"""Pages of the hospital admin: the mails of reminders, and when people are told."""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions.hospitals import NotALeadError, StaleHospitalError
from accounts.middleware import MemberRequest
from accounts.models import Hospital, Membership
from accounts.queries import require_membership
from accounts.roles import Role
from accounts.scope import hospital_scope
from monitoring.follow_ups.local_days import local_day
from monitoring.reminders import presenters, queries
from monitoring.reminders.actions import settings
from monitoring.reminders.forms import ReminderSettingsForm
from monitoring.reminders.local_hours import digest_day, mails_go_out
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
        to_come = queries.to_come(me.hospital, next_day, next_day)
    today = local_day(me.hospital, now)
    context = {
        "rows": presenters.rows(log, me.hospital),
        "refused": any(digest.refused_at and digest.local_date == today for digest in log),
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


def _next_day(hospital: Hospital, now: datetime) -> date:
    """The local day of the next digest that nobody has had yet."""
    today = local_day(hospital, now)
    has_come = digest_day(hospital, now) is not None
    return next_mailing(today + timedelta(days=has_come), partial(mails_go_out, hospital))


@require_http_methods(["GET", "POST"])
def edit_settings(request: MemberRequest) -> HttpResponse:
    me = require_membership(request)
    form = ReminderSettingsForm(request.POST or None, hospital=me.hospital, leads=_leads(me))
    if request.method == "POST" and form.is_valid() and _saved(form, me):
        messages.success(request, "Saved. The next digest follows it.")
        return redirect("reminders:log")
    status = 422 if form.errors else 200
    return render(request, "monitoring/reminders/settings.html", {"form": form}, status=status)


def _saved(form: ReminderSettingsForm, me: Membership) -> bool:
    """Whether it was saved; otherwise the form says why not."""
    values = dict(form.cleaned_data)
    try:
        settings.save(seen=values.pop("seen"), values=values, by=me)
    except StaleHospitalError as stale:
        form.add_error(
            None,
            "Somebody changed these settings after you opened the form. What stands now and differs: "
            f"{form.changed_meanwhile(stale.current)}. Save again to replace it.",
        )
        form.take(stale.current)
    except NotALeadError:
        form.add_error(
            "lead_clinician_id", "This person is no active clinician here any more; choose another."
        )
    else:
        return True
    return False


def _leads(me: Membership) -> list[tuple[UUID, str]]:
    clinicians = Membership.objects.visible_to(me).active().filter(roles__contains=[Role.CLINICIAN])
    return list(clinicians.order_by("user__full_name").values_list("user_id", "user__full_name"))
