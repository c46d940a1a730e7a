"""The demonstration's data: fourteen courses of two hospitals, entered once however often it starts."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Hospital, User
from accounts.scope import enter_hospital
from monitoring.board.models import Case
from monitoring.follow_ups.models import FollowUp
from monitoring.results.models import NerveAssessment, Result
from patients.models import (
    CriterionEvidence,
    FitnessAssessment,
    Identifier,
    Lesion,
    Occurrence,
    Patient,
    PatientSummary,
)
from poems_site.demo import courses
from treatment.models import Draft, Plan

MOST_PAGES_NEED = 3

RECORD = (CriterionEvidence, Lesion, Identifier, FitnessAssessment, Occurrence, NerveAssessment)


@pytest.fixture
def demo(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DEMO_DIR", str(tmp_path))
    call_command("demo_data")
    return tmp_path


def counted() -> dict[str, int]:
    """Rows of both hospitals together."""
    found = {"patients": 0, "results": 0, "follow_ups": 0} | {kind.__name__: 0 for kind in RECORD}
    for hospital in Hospital.objects.all():
        enter_hospital(hospital.pk)
        found["patients"] += Patient.objects.count()
        found["results"] += Result.objects.count()
        found["follow_ups"] += FollowUp.objects.count()
        for kind in RECORD:
            found[kind.__name__] += kind.objects.count()
    return found


def test_fourteen_patients_live_in_two_hospitals(demo: Path) -> None:
    assert Hospital.objects.count() == 2
    assert counted()["patients"] == 14


def test_a_second_start_enters_nothing_twice(demo: Path) -> None:
    before = counted()
    call_command("demo_data")
    assert counted() == before
    assert User.objects.count() == 8


def test_every_page_of_the_record_has_something_to_see(demo: Path) -> None:
    found = counted()
    assert [kind.__name__ for kind in RECORD if found[kind.__name__] < MOST_PAGES_NEED] == []
    enter_hospital(Hospital.objects.get(name="St Brigid University Hospital").pk)
    assert Patient.objects.exclude(telephone="").count() == 4
    by_items = NerveAssessment.objects.get(answers__has_key="mrc_hip_flexion_left")
    values = Result.objects.filter(assessment=by_items)
    assert {row.analyte for row in values} >= {"onls", "mrc_sum", "grip_kg", "walk_10m_s", "cmap_mv"}


def test_a_second_start_changes_nobody(demo: Path) -> None:
    enter_hospital(Hospital.objects.get(name="St Brigid University Hospital").pk)
    before = dict(Patient.objects.values_list("record_number", "version"))
    call_command("demo_data")
    enter_hospital(Hospital.objects.get(name="St Brigid University Hospital").pk)
    assert dict(Patient.objects.values_list("record_number", "version")) == before


def test_every_value_of_the_courses_is_entered(demo: Path) -> None:
    written = sum(
        len(values) for course in courses.load()["patients"] for values in course.get("results", {}).values()
    )
    assert counted()["results"] >= written  # a neurologic assessment adds its own


def test_each_extent_reads_as_its_course_intends(demo: Path) -> None:
    extents = {}
    for hospital in Hospital.objects.all():
        enter_hospital(hospital.pk)
        extents |= dict(PatientSummary.objects.values_list("patient__record_number", "extent"))
    assert extents == {
        "A-1001": "localized",
        "A-1002": "disseminated",
        "A-1003": "localized",
        "A-1004": "disseminated",
        "A-1005": "localized",
        "A-1006": "disseminated",
        "A-1007": "disseminated",
        "A-1008": "disseminated",
        "A-1009": "disseminated",
        "A-1010": "",
        "B-2001": "disseminated",
        "B-2002": "undetermined",
        "B-2003": "disseminated",
        "B-2004": "disseminated",
    }


def test_one_has_died_and_one_has_moved(demo: Path) -> None:
    enter_hospital(Hospital.objects.get(name="Hospital de Santa Clara").pk)
    assert Patient.objects.get(care="deceased").record_number == "B-2003"
    assert Patient.objects.get(record_number="B-2004").family_name == "Carvalho"


def test_one_is_registered_twice(demo: Path) -> None:
    enter_hospital(Hospital.objects.get(name="St Brigid University Hospital").pk)
    alike = Patient.objects.filter(given_name="Ingrid").order_by("record_number")
    assert [str(patient.born) for patient in alike] == ["14 Feb 1977", "1977"]


def test_the_logins_are_left_for_the_demonstration_page_only(demo: Path) -> None:
    file = demo / "logins.json"
    assert {login["email"] for login in json.loads(file.read_text())} >= {"alice@brigid.example"}
    assert file.stat().st_mode & 0o077 == 0


def test_without_a_demonstration_folder_nothing_is_entered(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_DIR", raising=False)
    with pytest.raises(CommandError, match="make demo"):
        call_command("demo_data")
    assert User.objects.count() == 0


def test_one_plan_is_signed_one_is_begun_and_two_patients_wait_for_the_board(demo: Path) -> None:
    call_command("demo_data")
    enter_hospital(Hospital.objects.get(name__startswith="St Brigid").pk)
    assert [plan.options for plan in Plan.objects.all()] == [["radiation"]]
    assert sorted(Draft.objects.values_list("state", flat=True)) == ["open", "signed"]
    assert Case.objects.count() == 2
