"""The reading panel: each axis in words, never green when old, and a clinician's own word beside it."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from accounts.roles import Role
from monitoring.course.courses import course_of
from monitoring.course.models import ResponseDecision
from monitoring.course.presenters.reading import AxisShown, Panel, panel_of
from monitoring.course.queries import decisions_of
from patients.models import Patient
from tests.monitoring.courses import entered_case, scanned, treat
from tests.monitoring.entries import entry, recorded
from tests.personas import House, member, registered, signed_in

TODAY = date(2026, 5, 1)


@pytest.fixture
def patient(house: House) -> Patient:
    """A radiation of early 2025 and a VEGF that fell by four fifths."""
    patient = registered(house.alice)
    treat(patient, house.alice, kind="radiation", name="50 Gy", start="2025-01-10", end="2025-02-14")
    recorded(patient, house.alice, entry("1450", "2025-01-02"), entry("300", "2026-03-01"))
    return patient


def panel(patient: Patient, on: date = TODAY) -> Panel:
    return panel_of(course_of(patient, on=on), decisions_of(patient))


def axis(patient: Patient, key: str, on: date = TODAY) -> AxisShown:
    return next(one for one in panel(patient, on).axes if one.key == key)


def test_an_axis_says_its_word_the_day_it_rests_on_and_why(patient: Patient) -> None:
    vegf = axis(patient, "vegf")
    assert (vegf.said, vegf.mark, vegf.rests_on) == ("Partial response", "suitable", date(2026, 3, 1))
    assert vegf.clock == "month 15 of line 1"
    assert vegf.why.sentence.startswith("VEGF shows a fall of 79.3 %")
    assert [fact.role for fact in vegf.why.facts] == ["baseline", "latest"]
    assert ("Fall of VEGF that is a partial response", "50 %") in [
        (one.label, one.value) for one in vegf.why.thresholds
    ]
    assert any(source.participants for source in vegf.why.sources)


def test_an_old_word_is_never_green_and_never_without_its_day(patient: Patient) -> None:
    vegf = axis(patient, "vegf", date(2026, 12, 1))
    assert vegf.mark == "not-judged"
    assert vegf.said == "Partial response on 1 March 2026, no value since"


def test_the_question_after_radiation_has_a_place_of_its_own(patient: Patient) -> None:
    clock = axis(patient, "radiation")
    assert (clock.word, clock.mark) == ("Has it stabilized? Overdue", "critical")
    assert clock.clock == "month 14 since the last fraction"


def test_what_can_be_judged_when_is_told_soonest_first(patient: Patient) -> None:
    assert panel(patient).coming == [
        "10 January 2027: a lack of gain of the nerve is judged",
        "10 January 2028: the best recovery of the nerve should have come",
    ]


def test_axes_that_differ_are_called_discordant_and_it_is_said_why_that_is_normal(
    house: House, patient: Patient
) -> None:
    assert panel(patient).discordant == ""
    scans = {"sum_suv_max": "9", "avid_lesions": 1}
    scanned(patient, house.alice, date="2025-01-05", new_lesion=False, **scans)
    scanned(patient, house.alice, date="2026-04-01", new_lesion=True, **scans)
    shown = panel(patient)
    assert shown.classes == ["VEGF: partial response", "FDG-PET: progression"]
    assert "different speeds" in shown.discordant


def test_a_course_without_treatment_is_read_too(house: House) -> None:
    shown = panel(registered(house.alice))
    assert [one.word for one in shown.axes] == ["Not evaluable"] * 4
    assert shown.coming == []


def answer(client: Client, patient: Patient, **changes: str) -> int:
    page = f"/patients/{patient.pk}/timeline/response/vegf/"
    form = client.get(page).context["form"]
    posted = {
        "decided": "complete",
        "reason": "Platelets were high",
        "submission": str(form.initial["submission"]),
        "rests_on": form.initial["rests_on"],
    }
    return client.post(page, posted | changes).status_code


def test_a_changed_response_keeps_both_words_and_lapses_with_the_next_value(
    house: House, alice: Client, patient: Patient
) -> None:
    assert answer(alice, patient) == 302
    told = axis(patient, "vegf").decision
    assert (told.computed, told.decided, told.lapsed) == ("Partial response", "Complete response", False)
    assert (told.by, told.reason) == ("Alice Amann", "Platelets were high")
    scanned(patient, house.alice, date="2026-04-01", sum_suv_max="9", avid_lesions=1)
    assert axis(patient, "vegf").decision.lapsed is False
    recorded(patient, house.alice, entry("310", "2026-04-20"))
    assert axis(patient, "vegf").decision.lapsed is True


def test_a_double_click_decides_once(alice: Client, patient: Patient) -> None:
    submission = str(uuid4())
    assert [answer(alice, patient, submission=submission) for _ in range(2)] == [302, 302]
    assert ResponseDecision.objects.of(patient).count() == 1


@pytest.mark.parametrize("changes", [{"reason": ""}, {"decided": "improving"}, {"rests_on": "before"}])
def test_a_decision_without_a_reason_or_on_other_values_is_asked_again(
    alice: Client, patient: Patient, changes: dict[str, str]
) -> None:
    assert answer(alice, patient, **changes) == 422
    assert not ResponseDecision.objects.of(patient).exists()


def test_the_database_takes_no_decision_back(house: House, alice: Client, patient: Patient) -> None:
    answer(alice, patient)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        ResponseDecision.objects.of(patient).update(reason="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponseDecision.objects.create(
            patient=patient,
            hospital_id=patient.hospital_id,
            recorded_by=house.alice.user,
            recorded_at=ResponseDecision.objects.of(patient).get().recorded_at,
            axis="vegf",
            computed="partial",
            decided="none",
            reason="",
            rests_on="x",
            content_version="x",
            submission=uuid4(),
        )


def test_a_coordinator_reads_the_panel_and_decides_nothing(house: House, patient: Patient) -> None:
    client = signed_in(member("Cora Coordinator", house.a, [Role.COORDINATOR]))
    page = client.get(f"/patients/{patient.pk}/timeline/").content.decode()
    assert "Partial response" in page
    assert "Confirm or change" not in page
    assert client.get(f"/patients/{patient.pk}/timeline/response/vegf/").status_code == 403


def test_content_nobody_approved_has_its_stripe(alice: Client, patient: Patient) -> None:
    assert "Guideline content not approved" in alice.get(f"/patients/{patient.pk}/timeline/").content.decode()


def test_a_case_of_the_guideline_reads_on_screen_as_it_is_written(house: House) -> None:
    patient = entered_case("flat-nerve-within-its-lag", house.alice)
    nerve = axis(patient, "neuro", date(2026, 8, 15))
    assert (nerve.said, nerve.mark) == ("Too early to judge", "info")
    assert nerve.next == "31 January 2027: a lack of gain of the nerve is judged"


def test_the_overview_has_the_reading_in_short(alice: Client, patient: Patient) -> None:
    page = alice.get(f"/patients/{patient.pk}/timeline/reading/").content.decode()
    assert "Partial response" in page
    assert "<html" not in page


def test_without_decision_support_nothing_is_judged(
    alice: Client, patient: Patient, settings: Settings
) -> None:
    settings.CDS_ENABLED = False
    page = alice.get(f"/patients/{patient.pk}/timeline/")
    assert page.context["panel"] is None
    assert page.context["frame"]["bands"] == []
    assert alice.get(f"/patients/{patient.pk}/timeline/response/vegf/").status_code == 404
