"""The patients of the hospital whose plan would read otherwise with the content in use."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from approval.standing import edition_at, status_words
from treatment.changed_advice import changed_advice
from treatment.queries import current_plans


@require_GET
def changed(request: MemberRequest) -> HttpResponse:
    """Every plan that holds, decided anew on its own facts; only those that differ are listed."""
    me = require_membership(request)
    edition, plans = edition_at(me.hospital_id), current_plans(me)
    context = {
        "edition": edition,
        "content_status": status_words(edition),
        "number": len(plans),
        "changed": changed_advice(plans, edition),
    }
    return render(request, "treatment/changed_advice.html", context)
