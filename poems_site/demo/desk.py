"""One patient's course, entered part by part; the same parts at every start, so nothing is entered twice."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from accounts.models import Membership, User
from monitoring.results.actions import nerve, pet
from monitoring.results.actions.nerve import NerveEntry
from monitoring.results.actions.pet import PetEntry
from monitoring.results.models import PetScan
from patients.actions import assessments, care_team, corrections, identifiers, identity, treatments
from patients.actions.assessments import Evidence, LesionSeen
from patients.actions.care import Death
from patients.actions.identity import Contact
from patients.models import CareTeamMember, FitnessAssessment, Occurrence, Patient
from patients.models.care_team import TeamRole
from patients.partial_dates import PartialDate
from poems_site.demo.ago import day
from poems_site.workflows.death import record_death

DATED = {"from": "started_on", "to": "ended_on", "stabilized_ago": "stabilized_on"}
FOUND = {"ago": "assessed_on", "imaging_ago": "imaging_on", "marrow_ago": "marrow_on"}
AGO = "_ago"
NO_NUMBER = {"issuer": "", "valid_from": None, "valid_until": None}
NO_CONTACT = dict.fromkeys(Contact.__annotations__, "") | {"needs_interpreter": None}
NOTHING_KNOWN = LesionSeen(
    site="", side="", density="", fdg_avid=None, suv_max=None, biopsied=None, biopsied_on=None,
    biopsy_result="", note="",
)  # fmt: skip


def number(course: dict[str, Any], what: str) -> UUID:
    """The same form number at every start."""
    return uuid5(NAMESPACE_DNS, f"demo {course['key']} {what}")


@dataclass(frozen=True)
class Desk:
    """Where ``by`` enters what ``course`` says of ``patient``."""

    course: dict[str, Any]
    patient: Patient
    by: Membership
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    def number(self, what: str) -> UUID:
        return number(self.course, what)

    def enter_person(self) -> None:
        """Numbers, how the patient is reached, and what they can bear."""
        for position, known in enumerate(self.course.get("numbers", [])):
            identifiers.add(values=NO_NUMBER | known, **self._form(f"number {position}"))
        if "contact" in self.course and not self.patient.telephone:
            identity.correct_contact(
                patient=self.patient,
                contact=NO_CONTACT | self.course["contact"],
                expected_version=self.patient.version,
                by=self.by,
            )
            self.patient.refresh_from_db()
        for position, found in enumerate(self.course.get("fitness", [])):
            values = self._dated(found)
            corrections.add(FitnessAssessment, values=values, **self._form(f"fitness {position}"))

    def enter_findings(self) -> None:
        """Diagnosis and extent, each as dated assessments."""
        for position, found in enumerate(self.course.get("diagnosis", [])):
            evidence = [self._evidence(one) for one in found.get("evidence", [])]
            assessments.assess_diagnosis(
                values=self._found(found), evidence=evidence, **self._form(f"diagnosis {position}")
            )
        for position, found in enumerate(self.course.get("extent", [])):
            lesions = [_lesion(lesion) for lesion in found.get("lesions", [])]
            assessments.assess_extent(
                values=self._found(found), lesions=lesions, **self._form(f"extent {position}")
            )

    def enter_treatments(self) -> None:
        for position, given in enumerate(self.course.get("treatments", [])):
            values = {
                DATED.get(name, name): day(value, self.today) if name in DATED else value
                for name, value in given.items()
            }
            treatments.give_treatment(values=values, **self._form(f"treatment {position}"))

    def enter_examinations(self) -> None:
        """PET scans, neurologic assessments and what else happened."""
        for position, scan in enumerate(self.course.get("pet", [])):
            pet.record(entry=self._scan(scan), **self._form(f"pet {position}"))
        for position, visit in enumerate(self.course.get("nerve", [])):
            seen = NerveEntry(
                assessed_on=day(visit["ago"], self.today),
                examiner=visit["examiner"],
                note="",
                answers=visit["answers"],
            )
            nerve.assess(entry=seen, **self._form(f"nerve {position}"))
        for position, event in enumerate(self.course.get("events", [])):
            values = {name: value for name, value in event.items() if name != "ago"}
            values["happened_on"] = day(event["ago"], self.today)
            corrections.add(Occurrence, values=values, **self._form(f"event {position}"))

    def put_on_team(self, responsible: User) -> None:
        """The clinician leads; whoever prepares follow-ups, if somebody else, coordinates."""
        if CareTeamMember.objects.of(self.patient).exists():
            return
        people = {TeamRole.RESPONSIBLE: self.by.user, TeamRole.COORDINATOR: responsible}
        for role, user in people.items():
            if role == TeamRole.RESPONSIBLE or user != self.by.user:
                form = self._form(f"team {role}")
                care_team.assign(user=user, role=role, started_on=self.today, ended_on=None, **form)

    def end_care(self) -> None:
        if "death" not in self.course or not self.patient.is_in_care:
            return
        end = self.course["death"]
        record_death(
            patient=self.patient,
            death=Death(PartialDate(day(end["ago"], self.today)), end["cause"]),
            expected_version=self.patient.version,
            by=self.by,
            now=self.now,
        )

    def _form(self, what: str) -> dict[str, Any]:
        """What every action asks of a filled-in form."""
        return {"patient": self.patient, "submission": self.number(what), "by": self.by, "now": self.now}

    def _found(self, found: dict[str, Any]) -> dict[str, Any]:
        return {
            FOUND.get(name, name): day(value, self.today) if name in FOUND else value
            for name, value in found.items()
            if name not in ("lesions", "evidence")
        }

    def _dated(self, found: dict[str, Any]) -> dict[str, Any]:
        """Columns of a day instead of how long ago it was: ``thyroid_ago`` gives ``thyroid_on``."""
        columns = {}
        for name, value in found.items():
            if name == "ago":
                columns["assessed_on"] = day(value, self.today)
            elif name.endswith(AGO):
                columns[f"{name.removesuffix(AGO)}_on"] = day(value, self.today)
            else:
                columns[name] = value
        return columns

    def _evidence(self, one: dict[str, Any]) -> Evidence:
        found_on = day(one["ago"], self.today) if "ago" in one else None
        return Evidence(
            criterion=one["criterion"],
            found_on=found_on,
            found_precision="day",
            evidence=one.get("evidence", ""),
        )

    def _scan(self, scan: dict[str, Any]) -> PetEntry:
        return PetEntry(
            scanned_on=day(scan["ago"], self.today),
            scanned_precision="day",
            tracer=PetScan.tracer.field.default,
            sum_suv_max=Decimal(scan["sum_suv_max"]),
            avid_lesions=scan["avid_lesions"],
            new_lesion=scan["new_lesion"],
            lesions=[_uptake(lesion) for lesion in scan.get("lesions", [])],
            laboratory="",
            report="",
        )


def _lesion(lesion: dict[str, Any]) -> LesionSeen:
    suv = lesion.get("suv_max")
    known = {"suv_max": None if suv is None else Decimal(suv)}
    return NOTHING_KNOWN | lesion | known  # type: ignore[return-value] # keys of a lesion


def _uptake(lesion: dict[str, Any]) -> dict[str, Any]:
    return {"side": "", "suv_max": None, "is_new": None, "note": ""} | lesion
