"""The pages of an import: upload, columns, names, check, download, start, stop."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from monitoring.imports.actions import batches
from monitoring.imports.models import Batch, Source, Status
from monitoring.results.models import Result
from tests.monitoring.imports.files import (
    again,
    checked,
    imported,
    many_rows,
    table,
    uploaded,
    workbook,
    worked,
)
from tests.personas import NOW, House, registered

UNPROCESSABLE = 422


def upload(client: Client, content: bytes, **more: object) -> object:
    file = SimpleUploadedFile("whatever.pdf", content)
    return client.post("/imports/new/", {"file": file, "source": "Laboratory A", **more})


def columns_of(batch: Batch, *roles: str, **more: str) -> dict[str, str]:
    return {f"role_{place}": role for place, role in enumerate(roles)} | more


def test_an_upload_leads_to_its_columns(house: House, alice: Client) -> None:
    registered(house.alice)
    response = upload(alice, table())
    assert response.headers["Location"] == f"/imports/{Batch.objects.get().pk}/columns/"


def test_the_columns_page_shows_how_the_file_is_read(house: House, alice: Client) -> None:
    registered(house.alice)
    batch = uploaded("Patient;Value;Größe\nA-1;1,5;ä\nA-2;2,25;ö".encode("cp1252"), house.alice)
    page = alice.get(f"/imports/{batch.pk}/columns/").content.decode()
    assert "Windows-1252 (Western), separated by semicolon, 2 rows" in page
    assert "Größe" in page


def test_confirmed_columns_are_checked_and_remembered_for_the_sender(house: House, alice: Client) -> None:
    registered(house.alice)
    batch = uploaded(table(), house.alice)
    roles = ("patient", "analyte", "value", "unit", "specimen", "date", "laboratory")
    response = alice.post(f"/imports/{batch.pk}/columns/", columns_of(batch, *roles))
    assert response.headers["Location"] == f"/imports/{batch.pk}/"
    assert again(batch).status == Status.CHECKING
    assert Source.objects.get().column_map["columns"][0]["role"] == "patient"


def test_the_next_file_of_the_sender_is_proposed_in_the_same_way(house: House, alice: Client) -> None:
    registered(house.alice)
    odd = b"nr;what;figure;u;mat;when\nA-1001;VEGF;12;pg/mL;Plasma;2026-01-05"
    first = uploaded(odd, house.alice)
    roles = ("patient", "analyte", "value", "unit", "specimen", "date")
    alice.post(f"/imports/{first.pk}/columns/", columns_of(first, *roles))
    second = uploaded(odd, house.alice)
    page = alice.get(f"/imports/{second.pk}/columns/").content.decode()
    assert "as for the last file of this sender" in page
    assert '<option value="specimen" selected>' in page


def test_values_without_a_unit_anywhere_are_not_checked(house: House, alice: Client) -> None:
    registered(house.alice)
    batch = uploaded(b"Patient,VEGF,Date\nA-1001,1450,2026-01-05", house.alice)
    response = alice.post(
        f"/imports/{batch.pk}/columns/",
        columns_of(batch, "patient", "values_of:vegf", "date", specimen_1="plasma"),
    )
    assert response.status_code == UNPROCESSABLE
    assert "None is assumed" in response.content.decode()


def test_unknown_names_are_asked_once_and_learned(house: House, alice: Client) -> None:
    registered(house.alice)
    content = table("A-1001,Gefäßfaktor,1450,pg/mL,Plasma,2026-01-05,Laboratory A")
    batch = uploaded(content, house.alice)
    roles = ("patient", "analyte", "value", "unit", "specimen", "date", "laboratory")
    response = alice.post(f"/imports/{batch.pk}/columns/", columns_of(batch, *roles))
    assert response.headers["Location"] == f"/imports/{batch.pk}/names/"
    alice.post(f"/imports/{batch.pk}/names/", {"name_0": "vegf"})
    assert worked(batch, house.a) == "done"
    assert again(batch).counts["new"] == 1
    assert Source.objects.get().column_map["names"] == {"Gefäßfaktor": "vegf"}


def test_start_brings_the_checked_rows_into_the_record_and_a_second_click_does_nothing(
    house: House, alice: Client
) -> None:
    registered(house.alice)
    batch = checked(table(), house.alice)
    alice.post(f"/imports/{batch.pk}/start/")
    alice.post(f"/imports/{batch.pk}/start/")
    worked(batch, house.a)
    alice.post(f"/imports/{batch.pk}/start/")
    assert again(batch).status == Status.IMPORTED
    assert Result.objects.count() == 1


def test_the_refused_rows_come_back_as_a_file_with_their_reasons(house: House, alice: Client) -> None:
    registered(house.alice)
    bad = "A-1001,VEGF,=1+1,pg/mL,Plasma,2026-01-05,Laboratory A"
    batch = checked(table("A-1001,VEGF,12,pg/mL,Plasma,2026-01-05,Laboratory A", bad), house.alice)
    answer = alice.get(f"/imports/{batch.pk}/refused/")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][2] == "'=1+1"
    assert rows[1][7] == "3"
    assert rows[1][8].startswith("Value: ")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="refused-rows.csv"'


def test_stopping_while_a_worker_could_begin_imports_nothing(house: House, alice: Client) -> None:
    registered(house.alice)
    batch = checked(table(), house.alice)
    alice.post(f"/imports/{batch.pk}/start/")
    alice.post(f"/imports/{batch.pk}/cancel/")
    assert worked(batch, house.a) == "nothing to do"
    assert again(batch).status == Status.CHECKED
    assert Result.objects.count() == 0


def test_stopping_what_is_done_says_so(house: House, alice: Client) -> None:
    registered(house.alice)
    batch = imported(table(), house.alice)
    page = alice.post(f"/imports/{batch.pk}/cancel/", follow=True).content.decode()
    assert "come to its end already" in page


def test_a_discarded_file_is_gone(house: House, alice: Client) -> None:
    registered(house.alice)
    batch = checked(table(), house.alice)
    alice.post(f"/imports/{batch.pk}/discard/")
    assert alice.get(f"/imports/{batch.pk}/").status_code == 404
    assert not again(batch).findings.exists()


def test_a_colleague_of_another_hospital_finds_no_such_import(house: House, carlos: Client) -> None:
    registered(house.alice)
    batch = checked(table(), house.alice)
    for page in ("", "columns/", "names/", "refused/"):
        assert carlos.get(f"/imports/{batch.pk}/{page}").status_code == 404


def test_the_bar_is_a_fragment_until_the_work_is_done(house: House, alice: Client) -> None:
    registered(house.alice)
    batch = checked(table(), house.alice)
    batches.ask_import(batch=batch, accept_unusual=False, by=house.alice, now=NOW)
    polled = alice.get(f"/imports/{batch.pk}/", headers={"hx-request": "true"})
    assert "<progress" in polled.content.decode()
    assert "<h1" not in polled.content.decode()
    worked(batch, house.a)
    assert alice.get(f"/imports/{batch.pk}/", headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"


def test_a_file_from_a_patients_page_needs_no_record_numbers(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    file = SimpleUploadedFile("x.csv", b"Date,VEGF (pg/mL)\n2026-01-05,1450")
    response = alice.post(f"/patients/{patient.pk}/import/", {"file": file, "source": "By hand"})
    batch = Batch.objects.get()
    page = alice.get(response.headers["Location"]).content.decode()
    assert "Maria Schulz" in page
    alice.post(
        f"/imports/{batch.pk}/columns/",
        {"role_0": "date", "role_1": "values_of:vegf", "unit_1": "pg/mL", "specimen_1": "serum"},
    )
    worked(batch, house.a)
    assert again(batch).counts["new"] == 1


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(house: House, alice: Client) -> None:
    response = upload(alice, b"a,b\n" + b"1,2\n" * (11 * 1024 * 1024 // 4))
    assert response.status_code == UNPROCESSABLE
    assert "larger than 10 MB" in response.content.decode()
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"a,b", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b\n1,\x00"]
)
def test_what_is_no_table_gets_a_sentence(house: House, alice: Client, content: bytes) -> None:
    response = upload(alice, content)
    assert response.status_code == UNPROCESSABLE
    assert "invalid-feedback" in response.content.decode()


def test_another_sheet_can_be_chosen(house: House, alice: Client) -> None:
    registered(house.alice)

    def add_sheet(sheet) -> None:
        second = sheet.parent.create_sheet("Second")
        second.append(["Patient", "Other"])
        second.append(["A-1001", "x"])

    batch = uploaded(workbook(["Patient", "Value"], ["A-1001", 5], change=add_sheet), house.alice)
    alice.post(f"/imports/{batch.pk}/columns/", {"read_again": "1", "sheet": "Second"})
    assert "Other" in alice.get(f"/imports/{batch.pk}/columns/").content.decode()


def test_a_page_of_findings_asks_few_questions(
    house: House, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    registered(house.alice)
    batch = checked(table(*many_rows(200, 100)), house.alice)
    assert batch.counts["refused"] == 198
    with django_assert_max_num_queries(15):
        page = alice.get(f"/imports/{batch.pk}/").content.decode()
    assert page.count("No patient of this hospital") == 50
