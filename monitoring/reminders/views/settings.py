"""Who leads, and when people are told: settings of a hospital, by its admin."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions.hospitals import NotALeadError, StaleHospitalError
from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.queries import require_membership
from accounts.roles import Role
from monitoring.reminders.actions import settings
from monitoring.reminders.forms import ReminderSettingsForm


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
