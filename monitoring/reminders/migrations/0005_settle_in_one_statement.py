from django.db import migrations

SETTLE = """
CREATE FUNCTION reminders_settle(
    of_hospital uuid, which uuid, outcome text, said integer, of_the_address boolean, at timestamptz,
    again_at timestamptz, worker text
) RETURNS boolean LANGUAGE plpgsql AS $$
-- What became of a digest and the note of the attempt, in the hospital's scope and in one statement. The caller's
-- scope is left as it was. A digest that has an end keeps it: the answer is false, the attempt is noted still.
DECLARE
    before text := coalesce(current_setting('app.hospital', true), '');
    had_none boolean;
BEGIN
    PERFORM set_config('app.hospital', of_hospital::text, true);
    UPDATE reminders_digest SET
        sent_at = CASE WHEN outcome = 'sent' THEN at END,
        refused_at = CASE WHEN outcome = 'refused' THEN at END,
        refusal = CASE WHEN outcome = 'refused' THEN said END,
        came_back_at = CASE WHEN outcome = 'refused' AND of_the_address THEN at END,
        claimed_at = CASE WHEN outcome = 'in doubt' THEN claimed_at END,
        claimed_by = CASE WHEN outcome = 'in doubt' THEN claimed_by ELSE '' END,
        lease_until = again_at
    WHERE id = which AND hospital_id = of_hospital
        AND sent_at IS NULL AND closed_unsent_at IS NULL AND refused_at IS NULL;
    had_none := FOUND;
    INSERT INTO reminders_attempt (hospital_id, digest_id, at, outcome, code, worker)
    SELECT of_hospital, id, at, outcome, said, worker FROM reminders_digest WHERE id = which;
    PERFORM set_config('app.hospital', before, true);
    RETURN had_none;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("reminders", "0004_pauses_and_attempts")]

    operations = [
        migrations.RunSQL(
            sql=SETTLE,
            reverse_sql="DROP FUNCTION reminders_settle(uuid, uuid, text, integer, boolean, timestamptz, timestamptz, text)",
        )
    ]
