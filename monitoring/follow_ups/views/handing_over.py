"""Give what somebody answers for to another person: when they leave, or for good."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.models import User
from accounts.queries import require_membership
from monitoring.follow_ups import presenters
from monitoring.follow_ups.actions import people
from monitoring.follow_ups.forms import HandOverForm
from monitoring.follow_ups.people import able_people, answering_people, items_of_person
from monitoring.follow_ups.stages import timing_of
from monitoring.follow_ups.views.frame import today

MOST = 500


@require_GET
def answering(request: MemberRequest) -> HttpResponse:
    """Everybody who answers for something open, those who cannot act any more first."""
    context = {"people": answering_people(require_membership(request))}
    return render(request, "monitoring/follow_ups/answering.html", context)


@require_http_methods(["GET", "POST"])
def hand_over(request: MemberRequest, person_id: UUID) -> HttpResponse:
    """Choose which items of the person go to whom."""
    me = require_membership(request)
    person = get_object_or_404(User.objects.filter(memberships__hospital=me.hospital_id), pk=person_id)
    items = list(items_of_person(me, person)[:MOST])
    able = [member for member in able_people(me) if member.user_id != person.pk]
    form = HandOverForm(request.POST if request.method == "POST" else None, items=items, people=able)
    if request.method == "POST" and form.is_valid():
        to = next(member.user for member in able if member.user_id == form.cleaned_data["to"])
        given = people.hand_over_from(
            person=person,
            to=to,
            follow_ups=form.cleaned_data["follow_ups"],
            submission=form.cleaned_data["submission"],
            by=me,
            now=timezone.now(),
        )
        count = "1 follow-up goes" if given == 1 else f"{given} follow-ups go"
        messages.success(request, f"{count} from {person.full_name} to {to.full_name}.")
        return redirect("follow_ups:answering")
    rows = presenters.rows(items, on=today(request), timing=timing_of(me.hospital))
    chosen = form.chosen
    context = {
        "form": form,
        "person": person,
        "rows": [(row, row.follow_up.pk in chosen) for row in rows],
        "is_full": len(items) == MOST,
    }
    status = 422 if form.errors else 200
    return render(request, "monitoring/follow_ups/hand_over.html", context, status=status)
