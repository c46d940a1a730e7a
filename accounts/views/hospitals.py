"""The hospital to work in, and what its admin tells of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import hospitals
from accounts.forms import HospitalForm
from accounts.middleware import MemberRequest
from accounts.queries import SESSION_KEY, memberships_of, require_membership


@require_http_methods(["GET", "POST"])
def settings(request: MemberRequest) -> HttpResponse:
    """What patients are told of the hospital."""
    me = require_membership(request)
    phone = me.hospital.phone
    form = HospitalForm(request.POST or None, initial={"phone": phone, "seen": phone})
    if request.method == "POST" and form.is_valid():
        try:
            hospitals.set_phone(by=me, **form.cleaned_data)
        except hospitals.StaleHospitalError as stale:
            now = stale.current.phone or "no number"
            form = HospitalForm({"phone": form.cleaned_data["phone"], "seen": stale.current.phone})
            form.add_error(
                "phone",
                f"Somebody changed it after you opened this page. Now it is: {now}. "
                "Save again to replace it.",
            )
        else:
            messages.success(request, "Saved. Sheets that are signed from now on carry it.")
            return redirect("accounts:settings")
    context = {"form": form, "hospital": me.hospital}
    return render(request, "accounts/hospital.html", context, status=422 if form.errors else 200)


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
