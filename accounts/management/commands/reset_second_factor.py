"""``manage.py reset_second_factor ADDRESS``: for the only admin of a hospital, whom no colleague can help."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import resets
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Take every second factor away from one person and end their sessions; the next sign-in asks for a "
        "new one. Speak with the person first. Where two colleagues can do it, they do."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")

    def handle(self, *, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError("Nobody signs in with this address; write it as the list of people shows it.")
        try:
            resets.take_away(user=user, now=timezone.now())
        except resets.NothingToResetError as error:
            raise CommandError("This person has no second factor; there is nothing to reset.") from error
        self.stdout.write("Done. The next sign-in asks for a new second factor.")
