"""Migration operations that build the walls around the trail."""

from accounts.row_level_security import HOSPITAL, TableOperation, application_role

# The setting with which the hospital's log reads the trail without opening a patient table.
LOG = "nullif(current_setting('app.log', true), '')::uuid"

KEPT = """
CREATE FUNCTION poems_trail_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $body$;
"""


class NeverChanges(TableOperation):
    """Refuse UPDATE, DELETE and TRUNCATE to every login, the owner's too, by triggers.

    The owner can take the triggers away, but not do it by accident, and what is then changed the seal finds.
    """

    def statements(self, table: str) -> list[str]:
        return [
            f"CREATE TRIGGER rows_are_kept BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION poems_trail_is_kept()",
            f"CREATE TRIGGER table_is_kept BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION poems_trail_is_kept()",
        ]

    def undo_statements(self, table: str) -> list[str]:
        return [f"DROP TRIGGER rows_are_kept ON {table}", f"DROP TRIGGER table_is_kept ON {table}"]

    def describe(self) -> str:
        return f"Keep rows of {', '.join(self.tables)} for good"


class ReadOnly(TableOperation):
    """Let the application's login read, and nothing else."""

    def statements(self, table: str) -> list[str]:
        return [f'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM "{application_role()}"']

    def undo_statements(self, table: str) -> list[str]:
        return [f'GRANT INSERT, UPDATE, DELETE ON {table} TO "{application_role()}"']

    def describe(self) -> str:
        return f"Make {', '.join(self.tables)} read-only for the application"


class TrailByHospital(TableOperation):
    """Everybody may add to the trail; it is read by its hospital, by that hospital's log, or to be sealed.

    Rows of no hospital and no person (jobs and commands for the whole house) are in every hospital's log.
    """

    def statements(self, table: str) -> list[str]:
        return [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY anybody_adds ON {table} FOR INSERT WITH CHECK (true)",
            f"CREATE POLICY own_hospital ON {table} FOR SELECT USING (hospital_id = {HOSPITAL})",
            f"CREATE POLICY own_log ON {table} FOR SELECT "
            f"USING (hospital_id = {LOG} OR ({LOG} IS NOT NULL AND hospital_id IS NULL AND user_id IS NULL))",
            # Of every kind, so that a change meets the trigger and is refused aloud.
            f"CREATE POLICY owner_seals ON {table} TO CURRENT_USER USING (true)",
        ]

    def undo_statements(self, table: str) -> list[str]:
        names = ("anybody_adds", "own_hospital", "own_log", "owner_seals")
        return [f"DROP POLICY {name} ON {table}" for name in names] + [
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ]

    def describe(self) -> str:
        return f"Keep {', '.join(self.tables)} behind the hospital's wall"
