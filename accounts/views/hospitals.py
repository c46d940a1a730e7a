"""The hospital to work in, and what its admin tells of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import hospitals
from accounts.changes import changes_in
from accounts.hospital_form import HospitalForm
from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.queries import SESSION_KEY, memberships_of, require_membership


@require_http_methods(["GET", "POST"])
def settings(request: MemberRequest) -> HttpResponse:
    """What patients are told of the hospital, and what it asks of the people who work there."""
    me = require_membership(request)
    form = HospitalForm(request.POST if request.method == "POST" else None, hospital=me.hospital)
    if request.method == "POST" and form.is_valid() and _saved(form, me):
        messages.success(request, "Saved. It holds from now on.")
        return redirect("accounts:settings")
    context = {"form": form, "hospital": me.hospital}
    return render(request, "accounts/hospital.html", context, status=422 if form.errors else 200)


def _saved(form: HospitalForm, me: Membership) -> bool:
    """Whether it was saved; otherwise the form says what somebody else saved meanwhile."""
    values = dict(form.cleaned_data)
    try:
        hospitals.set_house(seen=values.pop("seen"), values=values, by=me)
    except hospitals.StaleHospitalError as stale:
        stands = form.take(stale.current)
        form.add_error(
            None,
            f"Somebody changed these settings after you opened the page. Now it is: {stands}. "
            "Save again to replace it.",
        )
        return False
    return True


@require_GET
def changes(request: MemberRequest) -> HttpResponse:
    """Who changed which setting, role or account, with the value before and after."""
    me = require_membership(request)
    context = {"changes": changes_in(me.hospital)}
    return render(request, "accounts/changes.html", context)


@require_POST
def switch_hospital(request: MemberRequest) -> HttpResponse:
    """Remember the chosen hospital in the session; one that is not the person's own changes nothing."""
    wanted = request.POST.get("hospital", "")
    for membership in memberships_of(request):
        if str(membership.hospital_id) == wanted:
            request.session[SESSION_KEY] = wanted
            messages.info(request, f"You now work in {membership.hospital.name}.")
            return redirect("home")
    messages.error(request, "That hospital is not among yours; nothing was changed.")
    return redirect("home")
