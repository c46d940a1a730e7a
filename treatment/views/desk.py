"""What every page of the wizard works with: patient, draft, answers, record, the day and the way."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.queries import require_membership
from approval.standing import edition_at, status_words
from guideline.decide import decide
from guideline.decision import Decision
from guideline.edition import Edition
from guideline.fact_table import FACT
from patients.loader import load_patient_in_care
from patients.models import Patient
from patients.presenters import identity_strip
from patients.queries import RecordedFact, newest_extent, radiation_to_judge
from treatment.absolute import Absolute, absolute_of
from treatment.actions.drafts import DraftClosedError
from treatment.answering import Answering, answering_for
from treatment.approved import refusal
from treatment.calendar import Examination, examinations
from treatment.facts import Prefill, case_of, prefills
from treatment.known import Known
from treatment.models import Draft, Plan, PlanStanding
from treatment.on_record import on_record
from treatment.presenters.decision import DecisionShown, decision_shown
from treatment.presenters.origins import origins_of
from treatment.progression import last_progression
from treatment.queries import WITH_STANDING, DraftContents, contents_of, current_standing
from treatment.who import others_in
from treatment.wizard.navigator import Milestone, Navigator
from treatment.wizard.steps import STEP, Step
from treatment.write_back import STABILIZED, Writable, writable

PROPOSED = "an alert of the course"


@dataclass(frozen=True)
class StepLink:
    """A step as templates/partials/steps.html shows it."""

    label: str
    state: str
    url: str


@dataclass(frozen=True)
class Desk:
    """One request's view of a draft. What it reads from the database it reads once."""

    patient: Patient
    draft: Draft
    step: Step
    member: Membership
    now: datetime
    today: date
    edition: Edition
    proposed_line: str = ""

    @property
    def unapproved(self) -> str:
        """Why the hospital lets nothing be signed on this content; empty when it does."""
        return refusal(self.member.hospital, self.edition)

    @cached_property
    def contents(self) -> DraftContents:
        return contents_of(self.draft, self.patient, self.edition, on=self.today)

    @cached_property
    def on_record(self) -> Known:
        return on_record(self.patient, self.edition, on=self.today)

    @property
    def recorded(self) -> dict[str, RecordedFact]:
        return self.on_record.facts

    @cached_property
    def prefills(self) -> dict[str, Prefill]:
        progressed_on = last_progression(self.patient, self.edition, on=self.today)
        found = prefills(self.recorded, self.edition, on=self.today, progressed_on=progressed_on)
        if self.proposed_line:  # chosen when an answer is saved, like everything that is filled in
            found["line"] = Prefill(self.proposed_line, self.today, PROPOSED, current=True)
        return found

    @property
    def is_decidable(self) -> bool:
        """Whether the position in the course is known, without which nothing can be decided."""
        return self.contents.facts.get("line") is not None

    @cached_property
    def writable(self) -> list[Writable]:
        """The answers that the record does not hold."""
        extent = newest_extent(self.patient)
        listed = extent.lesions.count() if extent else 0
        return writable(
            self.contents,
            self.recorded,
            lesions_listed=listed,
            radiation_ended=self._radiation_ended,
        )

    @property
    def _radiation_ended(self) -> bool:
        """Asked only where it is said whether radiation helped."""
        if self.contents.value_of(STABILIZED) is None:
            return False
        return radiation_to_judge(self.patient, on=self.today) is not None

    @cached_property
    def decision(self) -> Decision:
        return decide(case_of(self.contents.facts), self.edition)

    @cached_property
    def shown(self) -> DecisionShown:
        return decision_shown(self.decision, self.edition, origins_of(self.contents))

    @cached_property
    def absolute(self) -> Absolute:
        return absolute_of(self.contents, self.decision, self.edition)

    @cached_property
    def answering(self) -> Answering:
        return answering_for(self.patient, self.member, on=self.today)

    @cached_property
    def examinations(self) -> list[Examination]:
        """What signing would put into the calendar."""
        return examinations(self.contents, self.edition, self.shown, self.answering, on=self.today)

    @cached_property
    def navigator(self) -> Navigator:
        return Navigator(self.step.key, self.contents.facts, self.contents.answers)

    @cached_property
    def replaced(self) -> PlanStanding | None:
        """The plan whose place a signature would give to this draft."""
        return current_standing(self.patient, self.member)

    @cached_property
    def amended(self) -> Plan | None:
        """The plan of which this draft will be the next version."""
        if self.draft.amends is None:
            return None
        if self.replaced is not None and self.replaced.plan_id == self.draft.amends:
            return self.replaced.plan
        plans = Plan.objects.visible_to(self.member).of(self.patient).filter(pk=self.draft.amends)
        return plans.select_related(*WITH_STANDING).first()

    def url_of(self, step: Step, fragment: str = "") -> str:
        url = reverse("treatment:step", args=[self.patient.pk, self.draft.pk, step.key])
        return f"{url}#{fragment}" if fragment else url

    @property
    def draft_url(self) -> str:
        """What the addresses of the draft's steps begin with."""
        return self.url_of(self.step).removesuffix(f"{self.step.key}/")

    def afresh(self) -> "Desk":
        """The same request after something was written."""
        return replace(self)

    def answered(self) -> "Desk":
        """The same request after an answer; the record, which that leaves alone, is not read again."""
        after = replace(self)
        for name in ("on_record", "prefills"):
            if name in self.__dict__:
                after.__dict__[name] = self.__dict__[name]
        return after

    def frame(self) -> dict[str, Any]:
        """The context every page of the wizard shares."""
        navigator = self.navigator
        return {
            "patient": self.patient,
            "identity": identity_strip(self.patient, on=self.today),
            "draft": self.draft,
            "others": others_in(self.patient, self.member, now=self.now),
            "draft_url": self.draft_url,
            "step": self.step,
            "steps": [self._link(milestone) for milestone in navigator.milestones],
            "milestone": navigator.current,
            "previous": navigator.previous,
            "next": navigator.next,
            "edition": self.edition,
            "amended": self.amended,
            "unapproved": self.unapproved,
            "content_status": status_words(self.edition),
            "urls": {key.replace("-", "_"): self.url_of(step) for key, step in STEP.items()},
        }

    def _link(self, milestone: Milestone) -> StepLink:
        state = "current" if milestone.current else "done" if milestone.complete else "open"
        return StepLink(milestone.step.title, state, self.url_of(milestone.step) if milestone.open else "")


def proposed_line(asked: QueryDict) -> str:
    """The place in the course that the address or form proposes, "" for none or one that does not exist."""
    line = asked.get("line", "")
    return line if line in FACT["line"].choices else ""


def desk_of(request: MemberRequest, patient_id: UUID, draft_id: UUID, step_key: str) -> Desk:
    """The desk for an open draft of this patient.

    Raises Http404 for what the member may not see or does not exist, DraftClosedError for a closed draft.
    """
    patient = load_patient_in_care(request, patient_id)
    member = require_membership(request)
    draft = (
        Draft.objects.visible_to(member)
        .of(patient)
        .select_related("recorded_by", "closed_by", "handed_to", "handed_by")
        .filter(pk=draft_id)
        .first()
    )
    if draft is None or step_key not in STEP:
        raise Http404("No such step of a draft of this patient.")
    draft.patient = patient
    if not draft.is_open:
        raise DraftClosedError(draft)
    return Desk(
        patient=patient,
        draft=draft,
        step=STEP[step_key],
        proposed_line=proposed_line(request.GET),
        member=member,
        now=timezone.now(),
        today=timezone.localdate(),
        edition=edition_at(member.hospital_id),
    )
