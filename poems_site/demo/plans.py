"""Plans of the demonstration: one signed before its treatment, one begun and left, and the board's list."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Membership
from guideline.decide import decide
from guideline.decision import Decision
from guideline.edition import Edition, load_edition
from monitoring.board.actions.cases import put_forward
from patients.models import Patient
from poems_site.demo.ago import day
from poems_site.demo.desk import number
from treatment import schedule
from treatment.actions import choices, drafts
from treatment.actions.drafts import Submitted
from treatment.actions.plans import fingerprint, sign
from treatment.choice import Chosen
from treatment.facts import case_of, prefills, snapshot
from treatment.forms.answers import Given
from treatment.models import Draft, Plan
from treatment.on_record import on_record
from treatment.progression import last_progression
from treatment.queries import DraftContents, contents_of
from treatment.schedule import Wishes


@dataclass(frozen=True)
class Planning:
    """Where ``by`` plans for ``patient`` at ``now``; days of the course count back from ``filled_on``."""

    course: dict[str, Any]
    patient: Patient
    by: Membership
    now: datetime
    filled_on: date

    @property
    def today(self) -> date:
        return self.now.date()

    def begin(self, asked: Mapping[str, Any]) -> Draft:
        """A draft with the course's answers and what the record can fill in."""
        edition = load_edition()
        recorded = on_record(self.patient, edition, on=self.today).facts
        draft = drafts.start(patient=self.patient, record=snapshot(recorded), by=self.by, now=self.now)
        progressed_on = last_progression(self.patient, edition, on=self.today)
        known = prefills(recorded, edition, on=self.today, progressed_on=progressed_on)
        answers = {path: found.value for path, found in known.items() if found.current} | asked["answers"]
        drafts.answer(
            draft=draft,
            submitted={question: Submitted(Given(value), 0) for question, value in answers.items()},
            prefills=known,
            by=self.by,
            now=self.now,
            on=self.today,
        )
        return draft

    def sign(self, asked: Mapping[str, Any]) -> Plan:
        """The plan as it was chosen, dated and signed that day."""
        edition = load_edition()
        draft = self.begin(asked)
        options = tuple(asked["options"])
        _, decision = self._decided(draft, edition)
        chosen = Chosen(options, reason="as_recommended", confirmed=True)
        form: dict[str, Any] = {"draft": draft, "version": 0, "by": self.by, "now": self.now}
        choices.confirm(chosen=chosen, decision=decision, edition=edition, **form)
        anchors = {anchor: day(ago, self.filled_on) for anchor, ago in asked["anchors"].items()}
        wishes = Wishes(schedule.suiting(edition, options), anchors)
        drafts.answer_whole(question=schedule.QUESTION, value=wishes.as_plain(), **form)
        seen = fingerprint(*self._decided(draft, edition), None)
        return sign(draft=draft, seen=seen, edition=edition, by=self.by, now=self.now, on=self.today)

    def _decided(self, draft: Draft, edition: Edition) -> tuple[DraftContents, Decision]:
        contents = contents_of(draft, self.patient, edition, on=self.today)
        return contents, decide(case_of(contents.facts), edition)


def plan(course: dict[str, Any], patient: Patient, *, by: Membership, now: datetime) -> None:
    """Enter what the course says of a plan, a draft and the board; at a later start it is there already."""
    if "board" in course:
        put_forward(
            patient=patient, question=course["board"], submission=number(course, "board"), by=by, now=now
        )
    if Draft.objects.visible_to(by).of(patient).exists():
        return
    planning = Planning(course, patient, by=by, now=now, filled_on=now.date())
    if "draft" in course:
        planning.begin(course["draft"])
    if "plan" in course:
        asked = course["plan"]
        back = now.date() - day(asked["ago"], now.date())
        replace(planning, now=now - timedelta(days=back.days)).sign(asked)
