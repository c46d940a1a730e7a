"""Pauses belong to a hospital as everything else does: another hospital's do not exist."""

from django.db import migrations

from accounts.row_level_security import IsolateByHospital


class Migration(migrations.Migration):
    dependencies = [("reminders", "0005_settle_in_one_statement")]

    operations = [
        IsolateByHospital("reminders_pause", "reminders_pauseevent"),
    ]
