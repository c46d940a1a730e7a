"""Reviewers and what they do. Rita submits, Sam approves, Ada (admin of A) adopts."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from accounts.models import Membership
from accounts.roles import Role
from approval.actions import adoptions, steps
from approval.models import Adoption, Step, StepKind, Version
from approval.queries import last_adoption
from guideline.edition import Edition, load_edition
from tests.personas import House, member

NOW = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)


def rita(house: House) -> Membership:
    return member("Rita Rossi", house.a, [Role.GUIDELINE_REVIEWER])


def sam(house: House) -> Membership:
    return member("Sam Stone", house.a, [Role.GUIDELINE_REVIEWER])


def submit(by: Membership, edition: Edition | None = None, **changes: Any) -> Step:
    given = {"seen": 0, "comment": "", "submission": uuid4(), "now": NOW} | changes
    return steps.submit(edition=edition or load_edition(), by=by, **given)


def approve(version: Version, by: Membership, edition: Edition | None = None, **changes: Any) -> Step:
    given = {"seen": version.steps.count(), "comment": "", "submission": uuid4(), "now": NOW} | changes
    return steps.approve(version=version, edition=edition or load_edition(), by=by, **given)


def retire(version: Version, by: Membership, **changes: Any) -> Step:
    given = {"seen": version.steps.count(), "comment": "Safety", "submission": uuid4(), "now": NOW} | changes
    return steps.take(StepKind.RETIRED, version=version, by=by, **given)


def adopt(version: Version, by: Membership, **changes: Any) -> Adoption:
    last = last_adoption(by.hospital_id)
    given = {"seen": last.number if last else 0, "comment": "", "submission": uuid4(), "now": NOW} | changes
    return adoptions.adopt(version=version, by=by, **given)


def end(version: Version, by: Membership, **changes: Any) -> Adoption:
    last = last_adoption(by.hospital_id)
    given = {
        "seen": last.number if last else 0,
        "comment": "Wait",
        "submission": uuid4(),
        "now": NOW,
    } | changes
    return adoptions.end(version=version, by=by, **given)


def approved(house: House, edition: Edition | None = None) -> Version:
    """Content that Rita submitted and Sam approved."""
    version = submit(rita(house), edition).version
    approve(version, sam(house), edition)
    return version


def adopted(house: House, edition: Edition | None = None) -> Version:
    """The same, adopted by hospital A."""
    version = approved(house, edition)
    adopt(version, house.ada)
    return version
