"""Fill the demonstration with invented hospitals, people and courses; a second run changes nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from accounts.scope import hospital_scope
from poems_site.demo import courses, moves, people

Members = dict[Role, Membership]


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
        places = {hospital.key: people.settle(hospital) for hospital in people.HOSPITALS}
        for key, members in places.items():
            with _at_work(members) as clinician:
                for course in content["patients"]:
                    if course["hospital"] == key:
                        _enter(course, content["series"], places, by=clinician, now=now)
        for course in content["patients"]:
            if "transfer" in course:
                with _at_work(places[course["transfer"]["to"]]) as clinician:
                    moves.accept(course, by=clinician, now=now, on=now.date())
        people.write_logins(Path(folder))


def _enter(
    course: dict[str, Any],
    series: dict[str, Any],
    places: dict[str, Members],
    *,
    by: Membership,
    now: datetime,
) -> None:
    # Where there is a coordinator, the clinician's first mail of the day is still to come: whoever tries the
    # demonstration can move an item to today and see it arrive.
    responsible = places[course["hospital"]].get(Role.COORDINATOR, by).user
    patient = courses.register(course, series, by=by, responsible=responsible, now=now)
    if patient is not None and "transfer" in course:
        to = places[course["transfer"]["to"]][Role.CLINICIAN].hospital
        moves.offer(course, patient, to=to, by=by, now=now)


@contextmanager
def _at_work(members: Members) -> Iterator[Membership]:
    """The clinician of a hospital, in a transaction for that hospital."""
    clinician = members[Role.CLINICIAN]
    with hospital_scope(clinician.hospital_id, actor=str(clinician.user_id)):
        yield clinician
