"""Whether an answer of a draft has outlived its validity. Then it is shown, and counts only once confirmed.

What the content asks anew each time (pregnancy, the position in the course) has no number of days. In its
draft it counts, since it was asked for this plan; but nothing is signed on an answer of an earlier day before
somebody says that it still holds.
"""

from datetime import date, timedelta

from django.utils.timezone import localtime

from guideline.edition import Edition
from guideline.fact_table import FACT
from treatment.models import Answer


def day_of(answer: Answer) -> date:
    """The day an answer is from: it was confirmed, or found, or else given."""
    return answer.confirmed_on or answer.source_on or localtime(answer.recorded_at).date()


def lapsed_after(answer: Answer, edition: Edition, *, on: date) -> int | None:
    """The days that an answer may count, if it is older on the day ``on``; None while it counts."""
    if answer.question not in FACT or answer.value is None:
        return None
    validity = edition.validity_of(answer.question)
    if not validity.ages or validity.days is None:
        return None
    return validity.days if on - day_of(answer) > timedelta(days=validity.days) else None


def is_of_an_earlier_day(answer: Answer, edition: Edition, *, on: date) -> bool:
    """Whether it answers what is asked anew each time, and was last asked before the day ``on``."""
    if answer.question not in FACT or answer.value is None:
        return False
    validity = edition.validity_of(answer.question)
    return validity.ages and validity.days is None and day_of(answer) < on
