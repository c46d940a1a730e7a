"""The first page of a patient: who, reached how, by whom looked after, what is known, what is missing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from patients.models import DiagnosisAssessment, Identifier, Occurrence, Patient, Sex, TeamRole
from patients.partial_dates import Precision
from patients.presenters.fitness import answer_in_words
from patients.queries.care_team import TeamMember, team_of
from patients.queries.fitness import KnownAnswer, known_answers

EVENTS_SHOWN = 5
# What a first page shows of the fitness; the rest stands on its own page.
AT_A_GLANCE = {
    "ecog": "ECOG",
    "neuropathy_severity": "Neuropathy",
    "comorbidities": "Comorbidities",
    "comorbidity_note": "Others",
    "transplant_eligible": "Fit for transplant",
    "prior_thrombosis": "Thrombosis before",
}


@dataclass(frozen=True)
class Fact:
    """A label and what is known. ``when`` is the day it was found, where that matters."""

    label: str
    text: str
    when: str = ""
    url: str = ""


@dataclass(frozen=True)
class Missing:
    """Something nobody has written down yet, and where to do it."""

    text: str
    url: str


@dataclass(frozen=True)
class Overview:
    """The page. Lists are empty where nothing is known."""

    numbers: list[Fact]
    contact: list[Fact]
    team: list[TeamMember]
    disease: list[Fact]
    fitness: list[Fact]
    events: list[Occurrence]
    missing: list[Missing]


@dataclass(frozen=True)
class _Diagnosed:
    """When the diagnosis was assessed last, and every name the illness ever had."""

    on: date | None
    earlier_labels: list[str]


def overview_of(patient: Patient, *, on: date) -> Overview:
    """The overview of ``patient`` as of the day ``on``, in a fixed number of queries."""
    team = team_of(patient, on=on)
    known = known_answers(patient)
    diagnosed = _diagnosed(patient)
    events = Occurrence.objects.of(patient).standing().order_by("-happened_on", "-id")[:EVENTS_SHOWN]
    return Overview(
        numbers=_numbers(patient),
        contact=_contact(patient),
        team=team,
        disease=_disease(patient, diagnosed),
        fitness=[
            Fact(label, _at_a_glance(field, known[field].value), known[field].when)
            for field, label in AT_A_GLANCE.items()
            if field in known
        ],
        events=list(events),
        missing=_missing(patient, team, known, diagnosed),
    )


def _at_a_glance(field: str, value: Any) -> str:
    return str(value) if field == "ecog" else answer_in_words(field, value)


def _day(day: date) -> str:
    return f"{day:%-d %b %Y}"


def _diagnosed(patient: Patient) -> _Diagnosed:
    rows = list(
        DiagnosisAssessment.objects.of(patient)
        .standing()
        .order_by("assessed_on", "id")
        .values_list("assessed_on", "earlier_label")
    )
    labels = dict.fromkeys(label for _, label in rows if label)
    return _Diagnosed(rows[-1][0] if rows else None, list(labels))


def _numbers(patient: Patient) -> list[Fact]:
    rows = Identifier.objects.of(patient).standing().order_by("kind", "valid_from", "id")
    return [
        Fact(
            label=row.get_kind_display(),
            text=", ".join(filter(None, (row.value, row.issuer, _validity(row)))),
            url=reverse("patients:edit_entry", args=[patient.pk, "number", row.pk]),
        )
        for row in rows
    ]


def _validity(row: Identifier) -> str:
    begins = f"from {_day(row.valid_from)}" if row.valid_from else ""
    ends = f"until {_day(row.valid_until)}" if row.valid_until else ""
    return " ".join(filter(None, (begins, ends)))


def _contact(patient: Patient) -> list[Fact]:
    interpreter = {True: "needs an interpreter", False: "no interpreter needed", None: ""}
    kin = f"{patient.kin_name} ({patient.kin_relation})" if patient.kin_relation else patient.kin_name
    lines = {
        "Telephone": patient.telephone,
        "E-mail": patient.email,
        "Address": patient.address,
        "Language": _joined(patient.language, interpreter[patient.needs_interpreter]),
        "Next of kin": _joined(kin, patient.kin_telephone),
        "General practitioner": _joined(patient.practitioner_name, patient.practitioner_contact),
    }
    return [Fact(label, text) for label, text in lines.items() if text]


def _joined(*texts: str) -> str:
    return ", ".join(text for text in texts if text)


def _disease(patient: Patient, diagnosed: _Diagnosed) -> list[Fact]:
    summary: Any = patient.summary
    facts = [Fact("Diagnosis assessed", _day(diagnosed.on))] if diagnosed.on else []
    if diagnosed.earlier_labels:
        facts.append(Fact("Called before", ", then ".join(diagnosed.earlier_labels)))
    if summary.extent:
        facts.append(Fact("Extent", summary.extent))
    if summary.line_number:
        line = f"{summary.line_number}: {summary.line_name}"
        facts.append(Fact("Line of treatment", line, _day(summary.line_started_on)))
    return facts


def _missing(
    patient: Patient, team: list[TeamMember], known: dict[str, KnownAnswer], diagnosed: _Diagnosed
) -> list[Missing]:
    """What a clinic needs first, most needed first."""
    responsible = any(member.role == TeamRole.RESPONSIBLE and member.works_here for member in team)
    wanted = (
        (responsible, "A responsible clinician who works here", "patients:assign"),
        (diagnosed.on, "The criteria of the diagnosis", "patients:assess_diagnosis"),
        (patient.summary.extent, "The extent of the disease", "patients:assess_extent"),
        ("ecog" in known, "Performance status", "fitness"),
        ("neuropathy_severity" in known, "Severity of the neuropathy", "fitness"),
        (patient.sex != Sex.UNKNOWN, "Sex for clinical use", "patients:edit"),
        (patient.birth_precision == Precision.DAY, "The whole date of birth", "patients:edit"),
        (patient.telephone or patient.email, "A telephone number or e-mail address", "patients:edit_contact"),
    )
    return [Missing(text, _address(page, patient)) for there, text, page in wanted if not there]


def _address(page: str, patient: Patient) -> str:
    if page == "fitness":
        return reverse("patients:add_entry", args=[patient.pk, "fitness"])
    return reverse(page, args=[patient.pk])
