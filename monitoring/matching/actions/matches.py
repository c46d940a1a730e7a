"""Close the follow-ups that results answer, open them again where the results go, and let a person say no."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Membership
from monitoring.follow_ups.actions import answered
from monitoring.follow_ups.actions.steps import NotOpenError, StaleFollowUpError
from monitoring.follow_ups.models import Cause, FollowUp, State
from monitoring.matching.belonging import Found, ReadingKey, belongings
from monitoring.matching.models import Match, MatchState
from monitoring.matching.queries import items_to_answer, key_of, matches_of, readings_of, windows_of


@transaction.atomic(savepoint=False)
def settle(patient_ids: Collection[UUID], *, by: Membership) -> None:
    """Bring the patients' follow-ups into line with the results that stand; harmless at any time.

    An item that a person closed, or opened again by saying that a result does not belong to it, stays as it
    is. What a result closed is planned again when the result no longer stands, was moved, or was corrected
    to a day or analyte that does not belong there.
    """
    items = items_to_answer(patient_ids, by)
    if not items:
        return
    concerned = {item.patient_id for item in items}
    matches = matches_of(concerned, by)
    refused = {(match.follow_up_id, key_of(match)) for match in matches if match.state == MatchState.REFUSED}
    windows, readings = windows_of(concerned, by), readings_of(concerned, by)
    found: dict[UUID, Found] = {}
    for patient_id in concerned:
        found |= belongings(windows.get(patient_id, ()), readings.get(patient_id, ()), refused)
    for item in items:
        _settle(item, found[item.pk], [match for match in matches if match.follow_up_id == item.pk], by)


@transaction.atomic
def refuse(*, follow_up: FollowUp, expected_version: int, by: Membership) -> FollowUp:
    """Say that the results which closed the item do not belong to it: it is planned again, and they stay off.

    Raises StaleFollowUpError, and NotOpenError where no result holds it closed.
    """
    item: FollowUp = FollowUp.objects.visible_to(by).select_for_update().get(pk=follow_up.pk)
    if item.version != expected_version:
        raise StaleFollowUpError(item)
    standing = Match.objects.visible_to(by).filter(follow_up=item, state=MatchState.STANDS)
    if item.state != State.DONE or not standing.update(state=MatchState.REFUSED):
        raise NotOpenError(item)
    opened = answered.open_again(item, cause=Cause.NOT_ITS_RESULT, by=by)
    settle([item.patient_id], by=by)
    return opened


def _settle(item: FollowUp, found: Found, matches: Sequence[Match], by: Membership) -> None:
    """Write what changed about one locked item, and nothing where nothing did."""
    standing = {key_of(match) for match in matches if match.state == MatchState.STANDS}
    wanted = {reading.key for reading in found.readings} if found.is_answered else set()
    if standing == wanted:
        return
    _keep_only(wanted, matches)
    known = {key_of(match): match for match in matches}
    for key in sorted(wanted - standing):
        _stand(item, key, known.get(key), by)
    if wanted:
        answered.done_by_result(item, done_on=found.done_on, by=by)
    else:
        answered.open_again(item, cause=Cause.RESULT_GONE, by=by)


def _keep_only(wanted: set[ReadingKey], matches: Sequence[Match]) -> None:
    gone = [match.pk for match in matches if match.state == MatchState.STANDS and key_of(match) not in wanted]
    Match.objects.filter(pk__in=gone).update(state=MatchState.GONE)


def _stand(item: FollowUp, key: ReadingKey, match: Match | None, by: Membership) -> None:
    """Note that the result belongs to the item, for the first time or again."""
    if match is not None:
        match.state = MatchState.STANDS
        match.save()
        return
    table, row = key
    Match.objects.create(
        hospital_id=item.hospital_id,
        patient_id=item.patient_id,
        follow_up=item,
        recorded_at=Now(),
        recorded_by=by.user,
        **{f"{table}_id": row},
    )
