"""Four eyes: who may say what about a version, in the action and in the database."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts.models import Membership
from approval.actions.adoptions import NOT_APPROVED, NOTHING_TO_END
from approval.actions.steps import CHANGED, NOT_IN_USE, OWN, StepRefusedError
from approval.models import Adoption, Step, Version
from approval.reading import from_plain
from tests.approval.editions import with_limit_of_two
from tests.approval.reviewers import NOW, adopt, adopted, approve, approved, end, retire, rita, sam, submit
from tests.personas import House


def add(version: Version, kind: str, by: Membership, number: int, comment: str = "") -> Step:
    """A row past the action, as a programming error would write it."""
    return Step.objects.create(
        version=version,
        number=number,
        kind=kind,
        comment=comment,
        hospital_id=by.hospital_id,
        made_at=NOW,
        made_by=by.user,
        submission=uuid4(),
    )


def test_whoever_submitted_cannot_approve(house: House) -> None:
    reviewer = rita(house)
    version = submit(reviewer).version
    with pytest.raises(StepRefusedError) as refused:
        approve(version, reviewer)
    assert refused.value.sentence == OWN


def test_the_database_refuses_an_approval_by_the_one_who_submitted(house: House) -> None:
    reviewer = rita(house)
    version = submit(reviewer).version
    with pytest.raises(IntegrityError, match="approval_needs_a_second_person"):
        add(version, "approved", reviewer, 2)


@pytest.mark.parametrize("kind", ["approved", "retired"])
def test_the_database_refuses_a_step_before_its_time(house: House, kind: str) -> None:
    version = submit(rita(house)).version
    retire(version, sam(house))
    with pytest.raises(IntegrityError, match="approval_steps_come_in_order"):
        add(version, kind, house.ada, 3, "again")


def test_the_database_refuses_a_gap_in_the_numbers(house: House) -> None:
    version = submit(rita(house)).version
    with pytest.raises(IntegrityError, match="approval_steps_are_numbered"):
        add(version, "approved", sam(house), 7)


def test_the_database_refuses_to_retire_without_a_reason(house: House) -> None:
    version = approved(house)
    with pytest.raises(IntegrityError, match="step_is_explained"):
        add(version, "retired", house.ada, 3)


@pytest.mark.parametrize("table", ["approval_version", "approval_step", "approval_adoption"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_application_can_neither_change_nor_delete_what_was_said(
    house: House, table: str, change: str
) -> None:
    adopted(house)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))


def test_the_database_refuses_to_adopt_what_is_not_approved(house: House) -> None:
    step = submit(rita(house))
    with pytest.raises(IntegrityError, match="adoption_is_of_approved_content"):
        Adoption.objects.create(
            hospital=house.a,
            number=1,
            approval=step,
            made_at=NOW,
            made_by=house.ada.user,
            submission=uuid4(),
        )


def test_what_is_not_approved_cannot_be_adopted(house: House) -> None:
    version = submit(rita(house)).version
    with pytest.raises(StepRefusedError) as refused:
        adopt(version, house.ada)
    assert refused.value.sentence == NOT_APPROVED


def test_an_adoption_that_was_never_made_cannot_end(house: House) -> None:
    with pytest.raises(StepRefusedError) as refused:
        end(approved(house), house.ada)
    assert refused.value.sentence == NOTHING_TO_END


def test_a_double_click_submits_once(house: House) -> None:
    reviewer, submission = rita(house), uuid4()
    first = submit(reviewer, submission=submission)
    assert submit(reviewer, submission=submission) == first
    assert Step.objects.count() == Version.objects.count() == 1


def test_the_number_of_a_form_for_another_version_is_refused_in_a_sentence(
    house: House, tmp_path: Path
) -> None:
    submission = uuid4()
    submit(rita(house), submission=submission)
    with pytest.raises(StepRefusedError) as refused:
        submit(sam(house), with_limit_of_two(tmp_path), submission=submission)
    assert refused.value.sentence == CHANGED


def test_a_double_click_adopts_once(house: House) -> None:
    version, submission = approved(house), uuid4()
    first = adopt(version, house.ada, submission=submission)
    assert adopt(version, house.ada, submission=submission, seen=0) == first


def test_whoever_did_not_see_the_last_step_is_told_so(house: House) -> None:
    version = submit(rita(house)).version
    with pytest.raises(StepRefusedError) as refused:
        approve(version, sam(house), seen=0)
    assert refused.value.sentence == CHANGED


def test_content_that_changed_after_it_was_submitted_is_not_approved(house: House, tmp_path: Path) -> None:
    version = submit(rita(house)).version
    with pytest.raises(StepRefusedError) as refused:
        approve(version, sam(house), with_limit_of_two(tmp_path))
    assert refused.value.sentence == NOT_IN_USE


def test_a_second_version_remembers_since_when_each_entry_says_so(house: House, tmp_path: Path) -> None:
    submit(rita(house))
    other = with_limit_of_two(tmp_path)
    object.__setattr__(other.header, "version", "2027.01")
    words = from_plain(submit(sam(house), other).version.words)
    since = {entry.key: entry.since for entry in words}
    assert (since["limited_lesion_limit"], since["age_adverse"]) == ("2027.01", "2026.11")
