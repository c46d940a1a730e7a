from django.db import migrations

from accounts.row_level_security import HOSPITAL

# What a reading of a course rests on. Whoever writes it, by whatever way (a form, an import, a merge), leaves a
# mark in the same transaction: there is no way to forget it. One statement leaves one mark per patient. Rows that
# follow their patient to another hospital leave none there; the transfer marks the patient itself.
READ_TABLES = ("results_result", "results_petscan", "patients_treatment", "follow_ups_followup")

MARK = f"""
    CREATE FUNCTION poems_mark_course() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $body$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            INSERT INTO public.alerts_mark (hospital_id, patient_id, marked_at)
            SELECT DISTINCT hospital_id, patient_id, now() FROM new_rows WHERE hospital_id = {HOSPITAL};
        ELSE
            INSERT INTO public.alerts_mark (hospital_id, patient_id, marked_at)
            SELECT hospital_id, patient_id, now() FROM (
                SELECT hospital_id, patient_id FROM new_rows UNION SELECT hospital_id, patient_id FROM old_rows
            ) AS touched
            WHERE hospital_id = {HOSPITAL};
        END IF;
        RETURN NULL;
    END $body$;
    CREATE FUNCTION poems_mark_patient() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $body$
    BEGIN
        INSERT INTO public.alerts_mark (hospital_id, patient_id, marked_at)
        SELECT NEW.hospital_id, NEW.id, now() WHERE NEW.hospital_id = {HOSPITAL};
        RETURN NULL;
    END $body$;
    CREATE TRIGGER mark_course AFTER UPDATE OF care ON patients_patient FOR EACH ROW
    WHEN (OLD.care IS DISTINCT FROM NEW.care) EXECUTE FUNCTION poems_mark_patient();
"""

UNMARK = """
    DROP TRIGGER mark_course ON patients_patient;
    DROP FUNCTION poems_mark_patient();
    DROP FUNCTION poems_mark_course();
"""


def on_table(table: str) -> str:
    return f"""
        CREATE TRIGGER mark_course_of_new AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION poems_mark_course();
        CREATE TRIGGER mark_course_of_changed AFTER UPDATE ON {table}
        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION poems_mark_course();
    """


def off_table(table: str) -> str:
    return f"DROP TRIGGER mark_course_of_new ON {table}; DROP TRIGGER mark_course_of_changed ON {table};"


class Migration(migrations.Migration):

    dependencies = [
        ("alerts", "0001_initial"),
        ("patients", "0009_alerts_in_summary"),
        ("results", "0006_scans_and_moves"),
        ("follow_ups", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(MARK, UNMARK),
        *(migrations.RunSQL(on_table(table), off_table(table)) for table in READ_TABLES),
    ]
