"""Migration operations that build the walls: row-level security, append-only tables, one hospital per row."""

from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

HOSPITAL = "nullif(current_setting('app.hospital', true), '')::uuid"


class TableOperation(Operation):
    """An operation on named tables that changes nothing in Django's state."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, *tables: str) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: Django's models do not know the walls."""

    def statements(self, table: str) -> list[str]:
        raise NotImplementedError

    def undo_statements(self, table: str) -> list[str]:
        raise NotImplementedError

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for table in self.tables:
            for statement in self.statements(schema_editor.quote_name(table)):
                schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for table in self.tables:
            for statement in self.undo_statements(schema_editor.quote_name(table)):
                schema_editor.execute(statement)


class IsolateByHospital(TableOperation):
    """Force row-level security: rows of another hospital do not exist, also for the table's owner.

    The table needs a ``hospital_id`` column. A query in a transaction that named no hospital returns nothing.
    A history table of rows about patients is also bound to its patient, so that it follows a transfer.
    """

    def statements(self, table: str) -> list[str]:
        return [
            history_follows_patient(table),
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY own_hospital ON {table} "
            f"USING (hospital_id = {HOSPITAL}) WITH CHECK (hospital_id = {HOSPITAL})",
        ]

    def undo_statements(self, table: str) -> list[str]:
        return [
            f"DROP POLICY own_hospital ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ]

    def describe(self) -> str:
        return f"Isolate {', '.join(self.tables)} by hospital"


def history_follows_patient(table: str) -> str:
    """SQL that binds a history table's rows to the patient of then, and so to that patient's hospital.

    Nothing happens to other tables, nor the second time.
    """
    bare = table.strip('"')
    column = "pgh_obj_id" if bare == "patients_patientevent" else "patient_id"
    columns = f"'{column}'" if column == "pgh_obj_id" else f"'pgh_obj_id', '{column}'"
    return f"""
    DO $body$ BEGIN
        IF (SELECT array_agg(attname) @> ARRAY[{columns}]::name[] FROM pg_attribute
            WHERE attrelid = '{table}'::regclass AND NOT attisdropped)
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{bare}_same_hospital')
        THEN
            ALTER TABLE {table} ADD CONSTRAINT "{bare}_same_hospital" FOREIGN KEY ({column}, hospital_id)
            REFERENCES patients_patient (id, hospital_id) ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
        END IF;
    END $body$"""  # noqa: S608 - the table's name comes from a migration


class HistoryFollowsPatient(TableOperation):
    """Bind history tables that were made before IsolateByHospital did it."""

    def statements(self, table: str) -> list[str]:
        return [history_follows_patient(table)]

    def undo_statements(self, table: str) -> list[str]:
        return [f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{table.strip(chr(34))}_same_hospital"']

    def describe(self) -> str:
        return f"Let {', '.join(self.tables)} follow a patient who is transferred"


class AppendOnly(TableOperation):
    """Let the application's login insert and read, and nothing else."""

    def statements(self, table: str) -> list[str]:
        return [f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{application_role()}"']

    def undo_statements(self, table: str) -> list[str]:
        return [f'GRANT UPDATE, DELETE ON {table} TO "{application_role()}"']

    def describe(self) -> str:
        return f"Make {', '.join(self.tables)} append-only for the application"


class SameHospitalAsPatient(TableOperation):
    """Bind (patient_id, hospital_id) to the patient's own pair: no row can belong to another hospital."""

    def statements(self, table: str) -> list[str]:
        name = table.strip('"') + "_same_hospital"
        return [
            f'ALTER TABLE {table} ADD CONSTRAINT "{name}" FOREIGN KEY (patient_id, hospital_id) '
            f"REFERENCES patients_patient (id, hospital_id) ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE"
        ]

    def undo_statements(self, table: str) -> list[str]:
        return [f'ALTER TABLE {table} DROP CONSTRAINT "{table.strip(chr(34))}_same_hospital"']

    def describe(self) -> str:
        return f"Keep rows of {', '.join(self.tables)} in the patient's hospital"


class GrantToApplication(Operation):
    """Give the application's login what it needs on tables made from here on: rows, not structure."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: Django's models do not know grants."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        role = application_role()
        for statement in (
            f'GRANT USAGE ON SCHEMA public TO "{role}"',
            f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
            f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
            f'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{role}"',
            f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "{role}"',
        ):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """The grants go with the tables."""

    def describe(self) -> str:
        return "Grant rows, not structure, to the application's login"


def application_role() -> str:
    """The login of DATABASE_URL."""
    role = str(settings.DATABASES["default"]["USER"])
    if not role.replace("_", "").isalnum():
        raise ValueError(
            f"The application's database login {role!r} may hold only letters, digits and underscores."
        )
    return role
