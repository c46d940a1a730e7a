"""Settle where record and draft differ: take over what the record says, or keep the draft's answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import Membership
from treatment.actions import drafts
from treatment.actions.drafts import Outcome, Submitted
from treatment.facts import Prefill, snapshot
from treatment.forms.answers import Given
from treatment.models import Draft
from treatment.newer import Newer


@transaction.atomic
def take_over(
    *,
    draft: Draft,
    found: Sequence[Newer],
    prefills: Mapping[str, Prefill],
    by: Membership,
    now: datetime,
    on: date,
) -> Outcome:
    """Let the draft say what the record says now; *not known* where the record took its value back.

    Raises DraftClosedError.
    """
    values = {one.path: one.recorded.value if one.recorded else None for one in found}
    outcome = _answer(draft, found, values, prefills, by=by, now=now, on=on)
    _remember(draft, [one for one in found if one.path in outcome.saved], by=by)
    return outcome


@transaction.atomic
def keep(
    *,
    draft: Draft,
    found: Sequence[Newer],
    prefills: Mapping[str, Prefill],
    by: Membership,
    now: datetime,
    on: date,
) -> Outcome:
    """Let the draft's answers stand knowing the record: given again today where they grew old, *not known*
    where there was none. Raises DraftClosedError.
    """
    open_ones = [one for one in found if one.answer is None]
    outcome = _answer(
        draft,
        open_ones,
        dict.fromkeys((one.path for one in open_ones), None),
        prefills,
        by=by,
        now=now,
        on=on,
    )
    for one in found:
        if one.lapsed_after is not None and one.answer is not None:
            outcome.saved[one.path] = drafts.answer_again(
                draft=draft, answer=one.answer, by=by, now=now, on=on
            )
    _remember(draft, found, by=by)
    return outcome


def _answer(
    draft: Draft,
    found: Sequence[Newer],
    values: Mapping[str, object],
    prefills: Mapping[str, Prefill],
    *,
    by: Membership,
    now: datetime,
    on: date,
) -> Outcome:
    submitted = {
        one.path: Submitted(Given(values[one.path]), one.answer.version if one.answer else 0)  # type: ignore[arg-type] # as the record has it
        for one in found
    }
    return drafts.answer(draft=draft, submitted=submitted, prefills=prefills, by=by, now=now, on=on)


def _remember(draft: Draft, found: Sequence[Newer], *, by: Membership) -> None:
    """Note what the record said when this was settled: only another change is asked about again."""
    locked = drafts.locked_draft(draft, by=by)
    known = dict(locked.record_at_start)
    now = snapshot({one.path: one.recorded for one in found if one.recorded is not None})
    for one in found:
        if one.path in now:
            known[one.path] = now[one.path]
        else:
            known.pop(one.path, None)
    locked.record_at_start = known
    locked.save(update_fields=["record_at_start"])
