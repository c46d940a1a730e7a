"""Treatments given through their pages: each kind asks its own; refused, asked, or kept."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from patients.models import Patient, Treatment, TreatmentKind
from patients.queries import treatments_of
from tests.patients.entries import (
    DIAGNOSIS,
    EXTENT,
    MOBILIZATION,
    RADIATION,
    SUPPORTIVE,
    SYSTEMIC,
    TRANSPLANT,
    lesions,
    posted,
)
from tests.personas import House, registered

ADD = "treatments/add"


@pytest.fixture
def patient(house: House) -> Patient:
    return registered(house.alice)


def page_of(client: Client, patient: Patient, path: str) -> str:
    return client.get(f"/patients/{patient.pk}/{path}").content.decode()


def test_a_recorded_radiation_is_among_the_treatments(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, RADIATION)
    [given] = treatments_of(patient)
    assert (given.kind, given.ended_on, given.stabilized) == ("radiation", date(2026, 2, 10), None)


def test_the_kind_is_chosen_first_by_a_link(alice: Client, patient: Patient) -> None:
    page = page_of(alice, patient, "treatments/add/")
    assert 'href="?kind=asct"' in page
    asked = page.partition("<main")[2].partition("</main>")[0]  # the cover of a locked session is a form too
    assert "<form method" not in asked


@pytest.mark.parametrize("kind", TreatmentKind.values)
def test_each_kind_asks_what_it_has_and_nothing_else(alice: Client, patient: Patient, kind: str) -> None:
    page = page_of(alice, patient, f"treatments/add/?kind={kind}")
    assert ('name="dose_gy"' in page) == (kind == "radiation")
    assert ('name="regimen"' in page) == (kind == "systemic")
    assert ('name="axis"' in page) == (kind == "supportive")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ended": "2026-01-04"}, "The last day lies before the first day"),
        ({"ended": ""}, "What ended for a reason has a last day"),
        ({"stabilized_on": "2026-05-20"}, "A day of judgement needs a judgement"),
        ({"started": "2999-01-01"}, "the latest day allowed is today"),
        ({"started": "1950"}, "The patient was born on 14 Feb 1977"),
        ({"started": "03/05/2025"}, "can be 5 March or 3 May"),
        ({"intent": ""}, "This field is required"),
        ({"dose_gy": "0"}, "A dose is more than 0 Gy"),
        ({"dose_gy": "fifty"}, "Give a number such as 4.5"),
        ({"fractions": "0"}, "The number of fractions is at least 1"),
        ({"stabilized": "yes", "stabilized_on": "2026-02-09"}, "Judged before the last fraction"),
        ({"stabilized": "yes", "ended": "", "stop_reason": ""}, "only after the last fraction"),
        ({"stabilized": "no", "stabilized_on": "2026-01-04"}, "cannot be judged before radiation began"),
    ],
)
def test_an_impossible_radiation_is_refused_with_a_sentence(
    alice: Client, patient: Patient, change: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(alice, patient, ADD, RADIATION | change)
    assert Treatment.objects.count() == 0


@pytest.mark.parametrize("dose", ["40", "50", "45,5", ""])
def test_a_usual_or_unknown_dose_needs_no_question(alice: Client, patient: Patient, dose: str) -> None:
    posted(alice, patient, ADD, RADIATION | {"dose_gy": dose})
    assert Treatment.objects.count() == 1


@pytest.mark.parametrize("dose", ["39.9", "50.4", "8"])
def test_a_dose_outside_the_range_is_asked_about_with_its_source(
    alice: Client, patient: Patient, dose: str
) -> None:
    answer = posted(alice, patient, ADD, RADIATION | {"dose_gy": dose})
    assert f"{dose} Gy lies outside 40 to 50 Gy (Mediterranean Journal" in answer
    assert Treatment.objects.count() == 0
    posted(alice, patient, ADD, RADIATION | {"dose_gy": dose, "confirmed": f"dose-{dose} Gy"})
    assert Treatment.objects.count() == 1


def test_a_confirmed_dose_is_asked_again_when_it_is_another(alice: Client, patient: Patient) -> None:
    answer = posted(alice, patient, ADD, RADIATION | {"dose_gy": "60", "confirmed": "dose-36 Gy"})
    assert "60 Gy lies outside" in answer


def test_stability_judged_too_early_is_asked_about(alice: Client, patient: Patient) -> None:
    early = {"stabilized": "yes", "stabilized_on": "2026-05-09"}
    assert "less than 3 months after the last fraction" in posted(alice, patient, ADD, RADIATION | early)
    posted(alice, patient, ADD, RADIATION | early | {"stabilized_on": "2026-05-10"})
    assert Treatment.objects.get().stabilized is True


def test_lesions_of_the_newest_extent_are_offered_for_the_field(alice: Client, patient: Patient) -> None:
    listed = lesions({"site": "t9"}, {"site": "ilium", "side": "left"}) | {"as_listed": "on"}
    posted(alice, patient, "assessments/extent", EXTENT | listed)
    assert 'value="Left ilium"' in page_of(alice, patient, "treatments/add/?kind=radiation")
    posted(alice, patient, ADD, RADIATION | {"lesions": ["T9", "Left ilium"]})
    assert Treatment.objects.get().lesions_treated == "T9; Left ilium"


def test_one_field_irradiated_twice_on_the_same_days_is_refused_naming_the_other(
    alice: Client, patient: Patient
) -> None:
    posted(alice, patient, ADD, RADIATION)
    answer = posted(
        alice,
        patient,
        ADD,
        RADIATION
        | {"name": "t9", "started": "2026-02-10", "ended": "", "stop_reason": "", "continues": "no"},
    )
    assert "T9 is recorded from 5 Jan 2026 to 10 Feb 2026" in answer
    assert Treatment.objects.count() == 1


def test_two_fields_may_be_irradiated_on_the_same_days(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, RADIATION)
    posted(alice, patient, ADD, RADIATION | {"name": "Left ilium", "continues": "yes"})
    assert Treatment.objects.count() == 2


def test_days_that_are_not_known_cannot_overlap(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, RADIATION | {"started": "2024", "ended": "2024"})
    posted(alice, patient, ADD, RADIATION | {"started": "2024", "ended": "2024", "continues": "no"})
    assert Treatment.objects.count() == 2


def test_what_was_entered_in_error_is_in_nobodys_way(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, RADIATION)
    wrong = Treatment.objects.get()
    posted(alice, patient, f"treatments/{wrong.pk}/error", {"version": str(wrong.version)})
    posted(alice, patient, ADD, RADIATION)
    assert [given.id for given in treatments_of(patient)] == [Treatment.objects.latest("id").pk]
    assert "Entered in error: 1" in page_of(alice, patient, "treatments/")


def test_two_transplantations_on_one_day_are_refused(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, TRANSPLANT | {"dose_notes": "Melphalan 200 mg/m²"})
    assert "covers some of these days" in posted(alice, patient, ADD, TRANSPLANT)


def test_a_second_transplantation_later_is_possible(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, TRANSPLANT)
    posted(alice, patient, ADD, TRANSPLANT | {"started": "2026-01-15", "continues": "yes"})
    assert Treatment.objects.filter(kind="asct").count() == 2


def test_day_0_before_the_only_mobilization_is_asked_about(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, MOBILIZATION)
    early = TRANSPLANT | {"started": "2025-08-01"}
    assert "mobilized only from 1 September 2025" in posted(alice, patient, ADD, early)
    posted(alice, patient, ADD, early | {"confirmed": "before-2025-08-01"})
    assert Treatment.objects.filter(kind="asct").exists()


def test_old_treatments_keep_as_much_of_their_days_as_is_known(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, SYSTEMIC | {"started": "2019", "ended": "May 2019"})
    row = Treatment.objects.get()
    assert (str(row.started), str(row.ended)) == ("2019", "May 2019")
    assert (row.started_on, row.ended_on) == (date(2019, 1, 1), date(2019, 5, 1))
    page = page_of(alice, patient, "treatments/")
    assert "about 2019" in page
    assert "about May 2019" in page


def test_an_end_known_by_its_month_may_lie_in_the_month_of_the_start(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, SYSTEMIC | {"started": "20 May 2024", "ended": "May 2024"})
    assert Treatment.objects.get().ended_on == date(2024, 5, 20)


@pytest.mark.parametrize(
    ("said", "neurotoxic"),
    [
        ({"regimen": "bortezomib_dex", "neurotoxic": "no"}, True),
        ({"regimen": "lenalidomide_dex", "neurotoxic": "unknown"}, False),
        ({"regimen": "lenalidomide_dex", "other_drugs": "and Velcade later"}, True),
        ({"regimen": "daratumumab_lenalidomide_dex", "neurotoxic": "unknown"}, None),
        ({"regimen": "", "name": "Pomalidomide", "neurotoxic": "no"}, False),
        ({"regimen": "", "name": "Thalidomide", "neurotoxic": "no"}, True),
    ],
)
def test_drugs_of_the_list_know_whether_they_damage_nerves_and_others_are_asked(
    alice: Client, patient: Patient, said: dict[str, str], neurotoxic: bool | None
) -> None:
    posted(alice, patient, ADD, SYSTEMIC | said)
    assert Treatment.objects.get().neurotoxic is neurotoxic


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"regimen": ""}, "Choose a regimen from the list, or name another one"),
        ({"name": "Len-dex"}, "A regimen is chosen already"),
        ({"cycles_given": "7", "cycles_planned": "6"}, "7 cycles were given of 6 planned"),
        ({"cycles_given": "six"}, "the number of cycles as a whole number"),
    ],
)
def test_a_contradictory_regimen_is_refused_or_asked(
    alice: Client, patient: Patient, change: dict[str, str], sentence: str
) -> None:
    assert sentence in posted(alice, patient, ADD, SYSTEMIC | change)
    assert Treatment.objects.count() == 0


def test_two_regimens_at_once_are_asked_about(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, SYSTEMIC)
    other = SYSTEMIC | {"regimen": "melphalan_dex", "started": "2025-08-01"}
    answer = posted(alice, patient, ADD, other)
    assert "Lenalidomide-dexamethasone is recorded from 1 June 2025 to today" in answer
    first = Treatment.objects.get()
    posted(alice, patient, ADD, other | {"confirmed": f"with-{first.pk}"})
    assert Treatment.objects.count() == 2


def test_an_axis_belongs_to_endocrine_replacement(alice: Client, patient: Patient) -> None:
    assert "An axis belongs to endocrine" in posted(alice, patient, ADD, SUPPORTIVE | {"axis": "adrenal"})
    without = SUPPORTIVE | {"support": "endocrine", "name": "Hydrocortisone"}
    assert "Choose the axis" in posted(alice, patient, ADD, without)


def test_immunoglobulin_says_why_it_does_not_count(alice: Client, patient: Patient) -> None:
    posted(alice, patient, "assessments/diagnosis", DIAGNOSIS | {"polyneuropathy": "yes"})
    page = page_of(alice, patient, "treatments/add/?kind=ivig")
    assert "Immunoglobulins and plasma exchange help in CIDP" in page
    assert "not in POEMS syndrome; a polyneuropathy is documented" in page
    assert "Hematology, American Society of Hematology Education Program" in page


def test_what_does_not_count_stands_beside_the_lines(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, {"kind": "ivig", "started": "2024", "ended": "2025"})
    page = page_of(alice, patient, "treatments/")
    assert "Beside the lines" in page
    assert "not in POEMS syndrome" in page


def test_a_double_click_records_one_treatment(alice: Client, patient: Patient) -> None:
    for _ in range(2):
        number = {"submission": "2b6d3a3e-0000-4000-8000-000000000001"}
        posted(alice, patient, ADD, RADIATION | number)
    assert Treatment.objects.count() == 1


def test_a_correction_keeps_what_the_form_showed(alice: Client, patient: Patient) -> None:
    posted(alice, patient, ADD, RADIATION | {"started": "Jan 2026", "fractions": "25"})
    row = Treatment.objects.get()
    page = page_of(alice, patient, f"treatments/{row.pk}/")
    assert 'value="Jan 2026"' in page
    assert 'value="25"' in page
    assert 'value="50.00"' in page


def test_a_stale_correction_is_told_what_changed_and_overwrites_nothing(
    alice: Client, patient: Patient
) -> None:
    posted(alice, patient, ADD, RADIATION | {"submission": str(uuid4())})
    row = Treatment.objects.get()
    posted(alice, patient, f"treatments/{row.pk}", RADIATION | {"version": "1", "dose_gy": "45"})
    answer = posted(alice, patient, f"treatments/{row.pk}", RADIATION | {"version": "1", "name": "T10"})
    assert "Nothing was overwritten" in answer
    assert "Dose in Gy: 50.00 → <strong>45.00</strong>" in answer
    assert Treatment.objects.get().name == "T9"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"ended_on": date(2026, 1, 4)}, "treatment_ends_after_it_starts"),
        ({"stabilized": True, "stabilized_on": date(2026, 2, 9)}, "treatment_stable_after_last_fraction"),
        ({"dose_gy": 0}, "treatment_dose_is_more_than_nothing"),
        ({"regimen": "melphalan_dex"}, "treatment_regimen_is_systemic"),
        ({"support": "other"}, "treatment_support_is_supportive"),
        ({"cells_collected": True}, "treatment_cells_are_stem_cells"),
    ],
)
def test_the_database_itself_refuses_the_impossible(
    alice: Client, patient: Patient, change: dict[str, object], constraint: str
) -> None:
    posted(alice, patient, ADD, RADIATION)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Treatment.objects.update(**change)


def test_the_page_of_treatments_asks_as_often_for_many_as_for_few(
    alice: Client, patient: Patient, django_assert_max_num_queries: object
) -> None:
    for month in range(1, 11):
        day = {"started": f"2025-{month:02}-01", "ended": f"2025-{month:02}-20", "continues": "unknown"}
        posted(alice, patient, ADD, SYSTEMIC | day)
    assert Treatment.objects.count() == 10
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        page_of(alice, patient, "treatments/")


@pytest.mark.parametrize("page", ["treatments", ADD, "treatments/1", "treatments/1/error"])
def test_treatments_of_another_hospital_do_not_exist(carlos: Client, patient: Patient, page: str) -> None:
    assert carlos.get(f"/patients/{patient.pk}/{page}/").status_code == 404
