"""One patient's record as files: complete, harmless in a spreadsheet, and noted."""

import csv
import io
import json
import zipfile

from django.apps import apps
from django.db import models
from django.test import Client

from accounts.trail.models import AccessEvent
from monitoring.results.models import Result
from patients.models import Patient
from poems_site.pages.export.tables import NO_PART_OF_THE_RECORD, record_tables
from tests.monitoring.entries import entry, recorded
from tests.personas import House, registered


def exported(client: Client, patient: Patient) -> zipfile.ZipFile:
    answer = client.post(f"/patients/{patient.pk}/export/record/")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.content))


def rows(archive: zipfile.ZipFile, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(f"csv/{table}.csv").decode("utf-8-sig"))))


def test_every_table_with_a_patient_is_exported() -> None:
    with_patient = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.name == "patient" and field.related_model is Patient
    }
    left_out = {apps.get_model(label) for label in NO_PART_OF_THE_RECORD}
    assert with_patient - {table.model for table in record_tables()} == left_out


def test_each_table_is_a_file_of_its_own_and_all_are_in_one_json(house: House, alice: Client) -> None:
    archive = exported(alice, registered(house.alice))
    files = {name.removeprefix("csv/").removesuffix(".csv") for name in archive.namelist() if "csv/" in name}
    assert files == {table.name for table in record_tables()} | {"people"}
    assert json.loads(archive.read("record.json")).keys() == files


def test_earlier_states_are_exported_too(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice)
    Result.objects.update(value=12)
    history = rows(exported(alice, patient), "result_history")
    assert [row["value"] for row in history] == ["1450.000000", "12.000000"]


def test_a_formula_is_defused_and_a_number_stays_one(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice, entry("-0", laboratory='=HYPERLINK("http://x")', method="@SUM(A1)"))
    row = rows(exported(alice, patient), "result")[0]
    assert row["laboratory"] == '\'=HYPERLINK("http://x")'
    assert row["method"] == "'@SUM(A1)"
    assert row["value"].lstrip("-") == "0.000000"


def test_nothing_of_another_patient_is_in_it(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    other = registered(house.alice, record_number="B-77", family_name="Otherwise")
    recorded(other, house.alice)
    archive = exported(alice, patient)
    whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "Otherwise" not in whole
    assert str(other.pk) not in whole


def test_no_name_of_a_file_tells_who_it_is(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    answer = alice.post(f"/patients/{patient.pk}/export/record/")
    assert "Schulz" not in answer.headers["Content-Disposition"]
    assert "A-1001" not in answer.headers["Content-Disposition"]


def test_an_export_is_noted(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    alice.post(f"/patients/{patient.pk}/export/results/")
    event = AccessEvent.objects.get(patient_id=patient.pk)
    assert (event.kind, event.address) == ("exported", "export:results")


def test_the_results_are_read_as_on_the_page(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    recorded(patient, house.alice, entry("20.50", comparator="<"))
    answer = alice.post(f"/patients/{patient.pk}/export/results/").content.decode("utf-8-sig")
    line = next(csv.DictReader(io.StringIO(answer)))
    assert (line["Sign"], line["Value"], line["Unit"], line["What"]) == ("<", "20.5", "pg/mL", "VEGF")


def test_a_colleague_of_another_hospital_exports_nothing(house: House, carlos: Client) -> None:
    patient = registered(house.alice)
    assert carlos.post(f"/patients/{patient.pk}/export/record/").status_code == 404
