"""Whether reminders run: from what the machinery wrote down when it last worked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from monitoring.reminders.models import Part, Pulse

# So many sweeps in a row may be missed by beat or its workers before they count as dead.
MISSED_BEATS = 5


@dataclass(frozen=True)
class Health:
    """``swept_at`` None: never swept. ``beats_at``: when a worker last ran a sweep that beat asked for."""

    now: datetime
    swept_at: datetime | None
    beats_at: datetime | None
    sent_at: datetime | None

    @property
    def is_alive(self) -> bool:
        """Something, Celery or cron, looked for what is due within the last REMINDER_DEAD_HOURS."""
        return self._within(self.swept_at, timedelta(hours=settings.REMINDER_DEAD_HOURS))

    @property
    def beats(self) -> bool:
        """Beat asks and a worker answers; False where only cron sends."""
        return self._within(self.beats_at, timedelta(seconds=settings.REMINDER_SWEEP_SECONDS) * MISSED_BEATS)

    def _within(self, moment: datetime | None, span: timedelta) -> bool:
        return moment is not None and self.now - moment <= span


def state(*, now: datetime) -> Health:
    """As of ``now``; one query, no patient's and no hospital's row."""
    pulses = dict(Pulse.objects.values_list("part", "at"))
    return Health(now, pulses.get(Part.SWEEP), pulses.get(Part.BEAT), pulses.get(Part.SENDER))
