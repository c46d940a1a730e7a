"""Planned treatments: days and doses as entered, doses held against the content where it has a range."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from guideline.edition import Edition, load_edition
from tests.personas import PASSWORD
from tests.treatment.cases import DISSEMINATED
from tests.treatment.wizard_driver import Wizard
from treatment.choice import Chosen
from treatment.doses import check, setting_of
from treatment.models import Answer, Plan
from treatment.sequence import QUESTION, Treatment, out_of_order, proposed


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load_edition()


def word(edition: Edition, kind: str, dose: str, option: str = "lenalidomide_dex") -> str:
    treatment = Treatment(kind, "X", dose=dose)
    found = check(treatment, setting_of(treatment, option), edition)
    return found.word if found else ""


@pytest.mark.parametrize(
    ("kind", "dose", "expected"),
    [
        ("radiation", "50 Gy in 25 fractions", "inside"),
        ("radiation", "40 Gy", "inside"),
        ("radiation", "39,9 Gy", "outside"),
        ("radiation", "50.1 Gy", "outside"),
        ("adjunct_radiation", "20 Gy", "outside"),
        ("radiation", "as the radiotherapist orders", "not_checked"),
        ("systemic", "lenalidomide 25 mg days 1 to 21, dexamethasone 40 mg weekly", "inside"),
        ("systemic", "dexamethasone 40 mg weekly, Revlimid 10 mg", "inside"),
        ("systemic", "lenalidomide 50 mg, dexamethasone 40 mg", "outside"),
        ("asct", "melphalan 200 mg/m²", "inside"),
        ("asct", "melphalan 220 mg/m2", "outside"),
        ("mobilization", "G-CSF 10 µg/kg", "not_checked"),
        ("systemic", "", ""),
    ],
)
def test_a_dose_is_held_against_the_contents_range(
    edition: Edition, kind: str, dose: str, expected: str
) -> None:
    assert word(edition, kind, dose) == expected


def test_without_a_range_the_words_say_so(edition: Edition) -> None:
    treatment = Treatment("systemic", "X", dose="90 mg")
    found = check(treatment, setting_of(treatment, "bevacizumab"), edition)
    assert found
    assert found.sentence == "No range in the content: not checked."


def test_the_rows_follow_the_choice() -> None:
    rows = proposed(Chosen(("lenalidomide_dex", "asct"), adjunct_radiation=True))
    assert [row.kind for row in rows] == ["systemic", "mobilization", "asct", "adjunct_radiation"]


def test_mobilization_comes_before_transplantation() -> None:
    day = date(2026, 12, 1)
    rows = [Treatment("mobilization", "M", day), Treatment("asct", "A", day - timedelta(days=1))]
    assert "cannot begin before mobilization" in out_of_order(rows)[1]
    assert out_of_order([rows[0], Treatment("asct", "A", day)]) == {}


@pytest.fixture
def chosen(wizard: Wizard) -> Wizard:
    wizard.enter(DISSEMINATED)
    wizard.choose("lenalidomide_dex", then="on")
    return wizard


def rows(**changes: str) -> dict[str, str]:
    """One row as a browser posts it."""
    row = {"kind": "systemic", "name": "Lenalidomide-dexamethasone", "start": "", "dose": "", "note": ""}
    form = {"treatment-TOTAL_FORMS": "1", "treatment-INITIAL_FORMS": "0"}
    return form | {f"treatment-0-{name}": value for name, value in (row | changes).items()}


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def test_days_and_doses_are_stored_as_entered(chosen: Wizard) -> None:
    response = chosen.post("treatments", rows(start=tomorrow().isoformat(), dose="25 mg", note="Cycle 1"))
    assert response.headers["Location"] == chosen.url("supportive")
    stored = Answer.objects.get(question=QUESTION).value
    assert stored[0] | {"kind": "systemic"} == stored[0]
    assert (stored[0]["start"], stored[0]["dose"], stored[0]["note"]) == (
        tomorrow().isoformat(),
        "25 mg",
        "Cycle 1",
    )


def test_a_day_before_today_is_refused_unless_it_was_started_before_referral(chosen: Wizard) -> None:
    past = (timezone.localdate() - timedelta(days=1)).isoformat()
    response = chosen.post("treatments", rows(start=past))
    assert response.status_code == 422
    assert "started before referral" in response.content.decode()
    assert chosen.post("treatments", rows(start=past, before_referral="on")).status_code == 302


def test_a_dose_outside_is_asked_and_not_blocked(chosen: Wizard) -> None:
    response = chosen.post("treatments", rows(dose="50 mg"))
    assert response.status_code == 422
    assert "Outside the content" in response.content.decode()
    assert chosen.post("treatments", rows(dose="50 mg", dose_meant="on")).status_code == 302


def test_a_row_left_out_may_hold_anything(chosen: Wizard) -> None:
    assert chosen.post("treatments", rows(start="nonsense", leave_out="on")).status_code == 302
    assert Answer.objects.get(question=QUESTION).value == []


def test_the_signed_plan_and_its_page_hold_the_treatments(chosen: Wizard) -> None:
    chosen.post("treatments", rows(start=tomorrow().isoformat(), dose="50 mg", dose_meant="on"))
    chosen.settle_dates(line_start=tomorrow().isoformat())
    chosen.sign(PASSWORD)
    plan = Plan.objects.get()
    assert plan.shown["treatments"][0]["dose"] == "50 mg"
    page = chosen.client.get(f"/patients/{plan.patient_id}/plans/signed/{plan.pk}/").content.decode()
    assert "Outside the content" in page
    assert "It is meant." in page


def test_the_day_of_the_first_treatment_is_not_asked_again(chosen: Wizard) -> None:
    chosen.post("treatments", rows(start=tomorrow().isoformat()))
    assert f'value="{tomorrow().isoformat()}"' in chosen.page("follow-up")
