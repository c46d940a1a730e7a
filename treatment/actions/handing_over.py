"""Hand a draft over to a colleague, who finds it on their list; whoever may plan can still work on it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Membership, User
from patients.queries.emergency import who_may_open
from treatment.actions.drafts import locked_draft
from treatment.models import Draft, DraftState
from treatment.who import colleagues_who_plan


class NotAColleagueError(Exception):
    """Who was named is nobody of the hospital who may plan a treatment."""


@transaction.atomic
def hand_over(*, draft: Draft, to: str, by: Membership, now: datetime) -> Draft:
    """Let the person with the id ``to`` have the draft; its history keeps each hand-over.

    The same person twice changes nothing. Raises NotAColleagueError, DraftClosedError.
    """
    able = who_may_open(draft.patient, colleagues_who_plan(by), by=by)
    colleague = next((one for one in able if str(one.user_id) == to), None)
    if colleague is None:
        raise NotAColleagueError
    locked = locked_draft(draft, by=by)
    if locked.held_by_id != colleague.user_id:
        locked.handed_to, locked.handed_by, locked.handed_at = colleague.user, by.user, now
        locked.save(update_fields=["handed_to", "handed_by", "handed_at"])
    return locked


@transaction.atomic
def hand_over_all(*, person: User, to: User, by: Membership, now: datetime) -> int:
    """Give every open draft that ``person`` holds in the hospital to ``to``; how many that were.

    For somebody who leaves: the admin who does it may read none of them.
    """
    given = list(held_by(person, by).select_for_update())
    for draft in given:
        draft.handed_to, draft.handed_by, draft.handed_at = to, by.user, now
        draft.save(update_fields=["handed_to", "handed_by", "handed_at"])
    return len(given)


def held_by(person: User, by: Membership) -> QuerySet[Draft]:
    """The open drafts of the hospital whose it is to go on with them."""
    theirs = Q(handed_to=person) | Q(handed_to=None, recorded_by=person)
    found: QuerySet[Draft] = Draft.objects.in_hospital(by.hospital_id).filter(theirs, state=DraftState.OPEN)
    return found
