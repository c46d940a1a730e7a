"""What every page of follow-ups needs: the day, the patient's frame, the sentence for who was slower."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from monitoring.follow_ups import presenters
from monitoring.follow_ups.actions import follow_ups
from monitoring.follow_ups.forms import FollowUpForm
from monitoring.follow_ups.local_days import local_day
from monitoring.follow_ups.models import FollowUp
from patients.models import Patient
from patients.presenters import identity_strip


def today(request: MemberRequest) -> date:
    """The day where the hospital stands."""
    return local_day(require_membership(request).hospital, timezone.now())


def frame(patient: Patient) -> dict[str, Any]:
    return {"patient": patient, "identity": identity_strip(patient, on=timezone.localdate())}


def change_of(request: MemberRequest, form: FollowUpForm) -> dict[str, Any]:
    """What every change of an item needs from a valid form."""
    return {
        "follow_up": form.follow_up,
        "note": form.cleaned_data["note"],
        "submission": form.cleaned_data["submission"],
        "expected_version": form.cleaned_data["version"],
        "by": require_membership(request),
        "now": timezone.now(),
    }


def saved(form: FollowUpForm, save: Callable[[], FollowUp]) -> FollowUp | None:
    """The item after ``save``, or None with a sentence on the form when somebody else was faster."""
    try:
        return save()
    except follow_ups.NotOpenError as error:
        form.add_error(None, f"This follow-up is already {error.current.get_state_display().lower()}.")
    except follow_ups.StaleFollowUpError as stale:
        current = stale.current
        form.add_error(
            None,
            "Somebody changed this follow-up after you opened the form; it is due on "
            f"{presenters.day_in_words(current.due)}, and {current.responsible.full_name} answers for it. "
            "Nothing was overwritten; save again to replace.",
        )
        form.take_version(current.version)
    return None
