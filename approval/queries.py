"""Reads over versions of the content and what people made of them."""

from uuid import UUID

from approval.models import Adoption, Version
from guideline import ENGINE_VERSION
from guideline.edition import Edition


def kept(edition: Edition) -> Version | None:
    """The version that is exactly this content; None as long as nobody submitted it."""
    return Version.objects.filter(digest=edition.digest, engine=ENGINE_VERSION).first()


def last_kept_before(edition: Edition) -> Version | None:
    """The newest version of this content that was kept and is another one."""
    others = Version.objects.filter(content=edition.id).exclude(digest=edition.digest, engine=ENGINE_VERSION)
    return others.order_by("-kept_at").first()


def last_adoption(hospital_id: UUID) -> Adoption | None:
    """What the hospital said last: an adoption, or that it ended one; None if it never adopted anything."""
    said = Adoption.objects.filter(hospital=hospital_id)
    return (
        said.select_related("approval__version", "approval__made_by", "made_by").order_by("-number").first()
    )
