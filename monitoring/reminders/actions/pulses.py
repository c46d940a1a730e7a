"""Write down when a part of the machinery last did its work."""

from datetime import datetime

from monitoring.reminders.models import Part, Pulse


def beat(part: Part, *, now: datetime) -> None:
    """The part worked at ``now``; any number of processes may say so at once."""
    Pulse.objects.bulk_create(
        [Pulse(part=part, at=now)], update_conflicts=True, unique_fields=["part"], update_fields=["at"]
    )
