"""How old a fact of the record may be and still fill in an answer; nothing is current for want of a rule."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from guideline.edition import load_edition
from guideline.errors import ContentError
from guideline.fact_table import FACT
from monitoring.results.actions import pet
from monitoring.results.actions.pet import PetEntry
from patients.actions import record
from patients.models import Patient
from patients.queries import RecordedFact, latest_facts
from patients.queries.fitness import PATHS
from patients.queries.record import DIAGNOSIS_FACTS, EXTENT_FACTS
from patients.regimens import REGIMENS
from tests.personas import NOW, House, registered
from treatment.facts import Prefill, prefills
from treatment.progression import last_progression

ON = date(2026, 5, 1)
DAYS = [
    ("labs.hemoglobin_g_dl", 30),
    ("neuropathy.severity", 90),
    ("fitness.prior_thrombosis", 90),
    ("fitness.on_anticoagulation", 90),
    ("extent.whole_body_imaging", 90),
    ("fitness.transplant_eligible", 180),
    ("fitness.stem_cells_collected", 180),
    ("cardiopulmonary.pulmonary_hypertension", 180),
    ("extent.bone_lesion_count", 365),
    ("extent.clonal_marrow_plasma_cells", 365),
    *((f"workup.{name}", 365) for name in ("thyroid_tested", "adrenal_abnormal", "echocardiography_done")),
]


def filled_in(path: str, found_on: date, *, progressed_on: date | None = None) -> Prefill:
    recorded = {path: RecordedFact(value=True, on=found_on, source="a test")}
    return prefills(recorded, load_edition(), on=ON, progressed_on=progressed_on)[path]


@pytest.mark.parametrize(("path", "days"), DAYS)
def test_a_fact_fills_in_to_the_last_day_of_its_validity(path: str, days: int) -> None:
    assert filled_in(path, ON - timedelta(days=days)).current
    assert not filled_in(path, ON - timedelta(days=days + 1)).current


@pytest.mark.parametrize("path", ["patient.pregnancy", "radiation.stabilized", "induction.completed"])
def test_what_changes_by_itself_is_never_carried_over(path: str) -> None:
    assert not filled_in(path, ON).current


@pytest.mark.parametrize("path", ["diagnosis.papilledema", "prior.asct"])
def test_what_was_once_documented_does_not_age(path: str) -> None:
    assert filled_in(path, date(1990, 1, 1), progressed_on=ON).current


@pytest.mark.parametrize("name", EXTENT_FACTS)
def test_the_extent_is_not_older_than_the_last_progression(name: str) -> None:
    found = ON - timedelta(days=20)
    assert filled_in(f"extent.{name}", found, progressed_on=found).current
    before = filled_in(f"extent.{name}", found, progressed_on=found + timedelta(days=1))
    assert (before.current, before.superseded) == (False, True)


def test_a_progression_does_not_outdate_what_it_says_nothing_about() -> None:
    assert filled_in("workup.thyroid_tested", ON - timedelta(days=1), progressed_on=ON).current


def test_a_fact_that_the_content_does_not_know_is_refused() -> None:
    with pytest.raises(ContentError, match="say how long a recorded value stays usable"):
        filled_in("workup.liver_tested", ON)


def test_every_fact_the_record_can_hold_is_a_fact_that_ages_in_a_known_way() -> None:
    held = {
        *(f"diagnosis.{name}" for name in DIAGNOSIS_FACTS),
        *(f"extent.{name}" for name in EXTENT_FACTS),
        *(f"prior.{regimen.option}" for regimen in REGIMENS.values() if regimen.option),
        *PATHS.values(),
    }
    assert held <= FACT.keys()
    assert [path for path in sorted(held) if load_edition().validity_of(path) is None] == []


def given(house: House, patient: Patient, **treatment: object) -> None:
    usual = {"kind": "systemic", "name": "Lenalidomide", "regimen": "lenalidomide_dex"}
    days = {"started_on": date(2025, 1, 10), "ended_on": date(2025, 6, 10)}
    values = usual | days | treatment
    record.give_treatment(patient=patient, values=values, submission=uuid4(), by=house.alice, now=NOW)


@pytest.mark.parametrize(
    ("reason", "ended", "found"),
    [
        ("progression", date(2025, 6, 10), date(2025, 6, 10)),
        ("toxicity", date(2025, 6, 10), None),
        ("progression", date(2026, 5, 2), None),
    ],
)
def test_a_treatment_stopped_for_progression_dates_it(
    house: House, reason: str, ended: date, found: date | None
) -> None:
    patient = registered(house.alice)
    given(house, patient, stop_reason=reason, ended_on=ended)
    assert last_progression(patient, load_edition(), on=ON) == found


def test_a_scan_that_shows_progression_dates_it(house: House) -> None:
    patient = registered(house.alice)
    given(house, patient, stop_reason="", ended_on=None)
    for day, lesions in ((date(2025, 1, 2), 2), (date(2025, 9, 1), 1), (date(2026, 3, 1), 4)):
        entry = PetEntry(
            scanned_on=day,
            scanned_precision="day",
            tracer="fdg",
            sum_suv_max=Decimal(lesions * 5),
            avid_lesions=lesions,
            new_lesion=lesions == 4,
            lesions=[],
            laboratory="",
            report="",
        )
        pet.record(patient=patient, entry=entry, submission=uuid4(), by=house.alice, now=NOW)
    assert last_progression(patient, load_edition(), on=ON) == date(2026, 3, 1)
    assert last_progression(patient, load_edition(), on=date(2026, 2, 1)) is None


def test_identity_is_no_prefill(house: House) -> None:
    patient = registered(house.alice)
    assert prefills(latest_facts(patient, on=ON), load_edition(), on=ON, progressed_on=None) == {}
