"""Choosing the hospital to work in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.middleware import MemberRequest
from accounts.queries import SESSION_KEY, memberships_of


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
