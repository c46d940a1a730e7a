"""The planned treatments with their days and doses, as the clinician enters them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import QueryDict

from treatment import choice, doses, sequence
from treatment.actions import drafts
from treatment.choice import Chosen
from treatment.contraindicated import Guard
from treatment.forms.sequence import TreatmentRows, treatment_rows
from treatment.sequence import Treatment
from treatment.views.desk import Desk
from treatment.views.versions import posted_version


def context(desk: Desk, rows: TreatmentRows | None = None) -> dict[str, Any]:
    treatments = _standing(desk)
    rows = rows or _rows(desk, treatments)
    checks = {one: _check(one, desk) for one in treatments}
    return {
        "rows": rows,
        "shown_rows": [(form, _check_of(form, place, treatments, checks)) for place, form in enumerate(rows)],
        "is_stored": desk.contents.answers.get(sequence.QUESTION) is not None,
        "sequence_version": desk.contents.version_of(sequence.QUESTION),
    }


def save(desk: Desk, data: QueryDict) -> Callable[[Desk], dict[str, Any]] | None:
    """Write the rows; what makes the page with the errors if they cannot be. Raises StaleAnswerError."""
    rows = _rows(desk, [], data)
    if not rows.is_valid():
        return partial(context, rows=rows)
    drafts.answer_whole(
        draft=desk.draft,
        question=sequence.QUESTION,
        value=[one.as_plain() for one in rows.treatments],
        version=posted_version(data, "sequence-version"),
        by=desk.member,
        now=desk.now,
    )
    return None


def _standing(desk: Desk) -> list[Treatment]:
    """What is stored, or a row for each part of the choice."""
    found = sequence.stored(desk.contents.value_of(sequence.QUESTION))
    return sequence.proposed(_chosen(desk)) if found is None else found


def _rows(desk: Desk, treatments: list[Treatment], data: QueryDict | None = None) -> TreatmentRows:
    return treatment_rows(
        treatments,
        data,
        guard=Guard(desk.decision, desk.edition, _chosen(desk)),
        option=_option(desk),
        on=desk.today,
        begun=_planned_before(desk) if data is not None else (),
    )


def _planned_before(desk: Desk) -> list[Treatment]:
    """The treatments of the plan that is amended: they may have begun since."""
    if desk.amended is None:
        return []
    answer = desk.amended.draft.answers.filter(question=sequence.QUESTION).first()
    return sequence.stored(answer.value if answer else None) or []


def _check(treatment: Treatment, desk: Desk) -> doses.DoseCheck | None:
    return doses.check(treatment, doses.setting_of(treatment, _option(desk)), desk.edition)


def _check_of(
    form: Any, place: int, treatments: list[Treatment], checks: dict[Treatment, doses.DoseCheck | None]
) -> doses.DoseCheck | None:
    """What was found about the stored dose of a row; nothing about a row that is being corrected."""
    return checks[treatments[place]] if not form.is_bound and place < len(treatments) else None


def _chosen(desk: Desk) -> Chosen | None:
    return Chosen.from_plain(desk.contents.value_of(choice.QUESTION))


def _option(desk: Desk) -> str:
    chosen = _chosen(desk)
    return chosen.options[0] if chosen else ""
