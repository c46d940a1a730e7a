"""Everything a draft would put into the calendar: the kept dates of schedules, and accepted tests."""

from dataclasses import replace
from datetime import date

from guideline.edition import Edition
from monitoring.follow_ups.schedule import PlannedItem
from treatment import choice, schedule, supportive
from treatment.answering import Answering
from treatment.choice import Chosen
from treatment.presenters.decision import DecisionShown
from treatment.queries import DraftContents
from treatment.schedule import Proposal, Wishes

Examination = tuple[Proposal, PlannedItem]


def examinations(
    contents: DraftContents, edition: Edition, decision: DecisionShown, answering: Answering, *, on: date
) -> list[Examination]:
    """By due day, each with the person who answers for it."""
    wishes = Wishes.from_plain(contents.value_of(schedule.QUESTION)) or Wishes()
    chosen = Chosen.from_plain(contents.value_of(choice.QUESTION))
    tests = supportive.planned(
        supportive.proposed(decision, chosen),
        supportive.answers(contents.value_of(supportive.QUESTION)),
        on=on,
    )
    found = [*schedule.planned(edition, wishes, on=on), *tests]
    found.sort(key=lambda pair: (pair[1].due, pair[0].key))
    return [(proposal, _answered_for(proposal, item, wishes, answering)) for proposal, item in found]


def _answered_for(proposal: Proposal, item: PlannedItem, wishes: Wishes, answering: Answering) -> PlannedItem:
    person = answering.person(wishes.responsible.get(proposal.key), wishes.responsible.get(proposal.schedule))
    return replace(item, responsible_id=person.pk)
