"""Whether the content counts as approved at a hospital: the one place where that is decided.

It does when a reviewer submitted exactly these bytes, another one approved them, nobody retired them since,
and the hospital adopted that approval. Anything else is *under review*, whatever the content's own files say.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime

from approval.models import Adoption, Step, StepKind
from guideline import ENGINE_VERSION
from guideline.edition import Edition, Review, load_edition, reviewed

# How a status is said where nobody's name goes with it.
STATUS_WORDS: Mapping[str, str] = {
    "submitted": "submitted, not reviewed",
    "under_review": "under review",
    "approved": "approved",
    "retired": "retired",
}


def edition_at(hospital_id: UUID, edition: Edition | None = None) -> Edition:
    """The content in use, or ``edition``, with its review at the hospital. One query."""
    found = edition or load_edition()
    return reviewed(found, review_at(hospital_id, found))


def review_at(hospital_id: UUID, edition: Edition) -> Review:
    """What people made of exactly this content, as it counts at the hospital."""
    adopted = Adoption.objects.filter(hospital=hospital_id).order_by("-number")
    last = (
        Step.objects.about(digest=edition.digest, engine=ENGINE_VERSION)
        .decisive()
        .newest_first()
        .select_related("made_by")
        .annotate(
            adopted=Subquery(adopted.values("approval")[:1]),
            adopted_at=Subquery(adopted.values("made_at")[:1], output_field=DateTimeField()),
        )
        .first()
    )
    if last is None:
        return Review("under_review", STATUS_WORDS["under_review"])
    by = f"by {last.made_by.full_name} on {day(last.made_at)}"
    if last.kind == StepKind.RETIRED:
        return Review("retired", f"retired {by}")
    if last.kind == StepKind.SUBMITTED:
        return Review("under_review", f"under review, submitted {by}")
    if last.adopted != last.pk:
        return Review("under_review", f"approved {by}, not adopted by this hospital")
    return Review("approved", f"approved {by}, adopted here on {day(last.adopted_at)}")


def status_words(edition: Edition) -> str:
    """How far the review of an edition has come, with who and when where it is known."""
    return STATUS_WORDS[edition.header.status] if edition.review is None else edition.review.words


def content_shown(edition: Edition) -> str:
    """Which content it is, and who approved it or that nobody did: the last line behind every *why?*"""
    otherwise = "" if edition.status == "approved" else ", not approved here"
    return f"version {edition.version}, {status_words(edition)}{otherwise}"


def day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F Y")
