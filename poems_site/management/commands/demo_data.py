"""Fill the demonstration with invented hospitals, people and courses; a second run changes nothing."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import hospital_scope
from poems_site.demo import courses, people


class Command(BaseCommand):
    help = "Fill the demonstration with invented data. DEMO_DIR names the folder for the list of logins."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = os.environ.get("DEMO_DIR")
        if not folder:
            raise CommandError(
                "DEMO_DIR is not set: this command writes well-known passwords; run `make demo`."
            )
        now = timezone.now()
        content = courses.load()
        for hospital in people.HOSPITALS:
            members = people.settle(hospital)
            clinician = members[Role.CLINICIAN]
            # Where there is a coordinator, the clinician's first mail of the day is still to come: whoever
            # tries the demonstration can move an item to today and see it arrive.
            responsible = members.get(Role.COORDINATOR, clinician).user
            with hospital_scope(clinician.hospital_id, actor=str(clinician.user_id)):
                for course in content["patients"]:
                    if course["hospital"] == hospital.key:
                        courses.register(
                            course, content["series"], by=clinician, responsible=responsible, now=now
                        )
        people.write_logins(Path(folder))
