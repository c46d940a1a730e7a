"""What a new version of a plan takes over from the one it amends, and what it asks anew."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from guideline.edition import Edition
from guideline.fact_table import FACT
from patients.models import Patient
from patients.queries import RecordedFact
from treatment import choice, schedule, supportive
from treatment.choice import Chosen
from treatment.facts import Prefill, prefills
from treatment.models import Answer, Plan
from treatment.progression import last_progression
from treatment.schedule import Wishes
from treatment.supportive import Answered

# Questions of the wizard's own whose answers are taken over as they stand.
AS_IT_STANDS = ("sequence",)

# A time that has passed since then: right on its day only, whoever gave it.
GROWS = "radiation.months_since_last_fraction"


@dataclass(frozen=True)
class Carried:
    """An answer of the new draft, with the plan it comes from and the day it is from."""

    value: Any
    source: str
    on: date


def carried_over(
    plan: Plan, patient: Patient, recorded: Mapping[str, RecordedFact], edition: Edition, *, on: date
) -> dict[str, Carried]:
    """The answers of the plan that still hold on the day ``on``, by question.

    What the content calls too old, or never carries over (the position in the course, pregnancy), is asked
    anew; so is what was not known then, and what the record has learnt since. The choice comes along to be
    confirmed anew; planned treatments, supportive care and the days of the follow-up as they were decided.
    """
    answers = {answer.question: answer for answer in plan.draft.answers.all()}
    facts = {
        path: _as_recorded(answer, answer.value, plan)
        for path, answer in answers.items()
        if path in FACT and path != GROWS and answer.value is not None
    }
    progressed_on = last_progression(patient, edition, on=on)
    return {
        path: Carried(known.value, known.source, known.on)
        for path, known in prefills(facts, edition, on=on, progressed_on=progressed_on).items()
        if known.current and not _is_outdated(known, recorded.get(path))
    } | _own(plan, answers, edition, on=on)


def _own(plan: Plan, answers: Mapping[str, Answer], edition: Edition, *, on: date) -> dict[str, Carried]:
    values = {question: answers[question].value for question in AS_IT_STANDS if question in answers}
    chosen = Chosen.from_plain(answers[choice.QUESTION].value) if choice.QUESTION in answers else None
    if chosen is not None:
        values[choice.QUESTION] = replace(chosen, confirmed=False).as_plain()
    wishes = Wishes.from_plain(answers[schedule.QUESTION].value) if schedule.QUESTION in answers else None
    if wishes is not None:
        known = tuple(key for key in wishes.schedules if key in edition.schedules)
        values[schedule.QUESTION] = replace(wishes, schedules=known).as_plain()
    if supportive.QUESTION in answers:
        given = supportive.answers(answers[supportive.QUESTION].value)
        values[supportive.QUESTION] = {key: _still_due(one, on).as_plain() for key, one in given.items()}
    day = localtime(plan.signed_at).date()
    return {question: Carried(value, str(plan), day) for question, value in values.items()}


def _still_due(answered: Answered, on: date) -> Answered:
    """A test's day that has passed is the calendar's matter: what is open of it stays there."""
    return replace(answered, due=None) if answered.due is not None and answered.due < on else answered


def _as_recorded(answer: Answer, value: bool | int | str, plan: Plan) -> RecordedFact:
    """The answer as a fact of the day it held: confirmed anew, found, or else the day it was given."""
    day = answer.confirmed_on or answer.source_on or localtime(answer.recorded_at).date()
    return RecordedFact(value, day, str(plan))


def _is_outdated(known: Prefill, recorded: RecordedFact | None) -> bool:
    """Whether the record has a newer and other value, which is then offered instead."""
    return recorded is not None and recorded.on > known.on and recorded.value != known.value
