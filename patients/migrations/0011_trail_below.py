# Who looked is kept one floor below, for everything that anybody does (accounts/trail).

from django.db import migrations

COPY = """
DO $body$
DECLARE hospital uuid;
BEGIN
    FOR hospital IN SELECT id FROM accounts_hospital LOOP
        PERFORM set_config('app.hospital', hospital::text, true);
        INSERT INTO trail_accessevent (at, hospital_id, actor_kind, user_id, actor_name, kind, patient_id, address)
        SELECT at, hospital_id, 'person', user_id, '', CASE kind WHEN 'changed' THEN 'opened' ELSE kind END,
               patient_id, address
        FROM patients_accessevent ORDER BY id;
    END LOOP;
    PERFORM set_config('app.hospital', '', true);
END $body$;
"""

# A patient who is transferred takes along who looked; the rows stay what they were, only the wall opens.
WITH_THE_PATIENT = """
CREATE POLICY with_the_patient ON trail_accessevent FOR SELECT
USING (EXISTS (SELECT FROM patients_patient p WHERE p.id = patient_id));
"""

# The function named the table that goes; the trail refuses to move for the other reasons it gives.
NO_LONGER_NAMED = """
DO $body$
DECLARE
    before text := pg_get_functiondef('poems_move_rows(bigint, regclass, name, text[], boolean)'::regprocedure);
    after text := regexp_replace(before, 'IF moving = ''public.patients_accessevent''::regclass\\s+OR EXISTS', 'IF EXISTS');
BEGIN
    IF after = before THEN RAISE EXCEPTION 'poems_move_rows is not what it was'; END IF;
    EXECUTE after;
END $body$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0010_planned_treatments'),
        ('trail', '0001_access_trail'),
    ]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.RunSQL(WITH_THE_PATIENT, "DROP POLICY with_the_patient ON trail_accessevent"),
        migrations.RunSQL(NO_LONGER_NAMED, migrations.RunSQL.noop),
        migrations.DeleteModel(
            name='AccessEvent',
        ),
    ]
