"""Hand a draft over to a colleague, who finds it on their list; whoever may plan can still work on it."""

from datetime import datetime

from django.db import transaction

from accounts.models import Membership
from treatment.actions.drafts import locked_draft
from treatment.models import Draft
from treatment.who import colleagues_who_plan


class NotAColleagueError(Exception):
    """Who was named is nobody of the hospital who may plan a treatment."""


@transaction.atomic
def hand_over(*, draft: Draft, to: str, by: Membership, now: datetime) -> Draft:
    """Let the person with the id ``to`` have the draft; its history keeps each hand-over.

    The same person twice changes nothing. Raises NotAColleagueError, DraftClosedError.
    """
    colleague = next((one for one in colleagues_who_plan(by) if str(one.user_id) == to), None)
    if colleague is None:
        raise NotAColleagueError
    locked = locked_draft(draft, by=by)
    if locked.held_by_id != colleague.user_id:
        locked.handed_to, locked.handed_by, locked.handed_at = colleague.user, by.user, now
        locked.save(update_fields=["handed_to", "handed_by", "handed_at"])
    return locked
