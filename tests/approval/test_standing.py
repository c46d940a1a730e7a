"""When content counts as approved at a hospital; everything else is under review."""

from pathlib import Path

import pytest

from approval.standing import edition_at, status_words
from guideline.edition import load_edition
from tests.approval.editions import changed, with_limit_of_two
from tests.approval.reviewers import adopt, adopted, approve, approved, end, retire, rita, submit
from tests.personas import House


def status(house: House) -> str:
    return edition_at(house.a.pk).status


def words(house: House) -> str:
    return status_words(edition_at(house.a.pk))


def test_content_that_nobody_submitted_is_under_review(house: House) -> None:
    assert (status(house), words(house)) == ("under_review", "under review")


def test_submitting_is_not_approving(house: House) -> None:
    submit(rita(house))
    assert (status(house), words(house)) == (
        "under_review",
        "under review, submitted by Rita Rossi on 3 May 2026",
    )


def test_an_approval_counts_nowhere_until_the_hospital_adopts_it(house: House) -> None:
    approved(house)
    assert (status(house), words(house)) == (
        "under_review",
        "approved by Sam Stone on 3 May 2026, not adopted by this hospital",
    )


def test_adopted_content_is_approved_and_names_who_approved_it_and_when(house: House) -> None:
    adopted(house)
    assert (status(house), words(house)) == (
        "approved",
        "approved by Sam Stone on 3 May 2026, adopted here on 3 May 2026",
    )


def test_another_hospital_that_adopted_nothing_stays_under_review(house: House) -> None:
    adopted(house)
    assert edition_at(house.b.pk).status == "under_review"


def test_what_was_adopted_and_then_retired_is_approved_no_more(house: House) -> None:
    version = adopted(house)
    retire(version, version.steps.get(number=1).made_by.memberships.get())
    assert (status(house), words(house)) == ("retired", "retired by Rita Rossi on 3 May 2026")


def test_an_approval_after_a_retirement_has_to_be_adopted_anew(house: House) -> None:
    version = adopted(house)
    first, second = (step.made_by.memberships.get() for step in version.steps.order_by("number"))
    retire(version, first)
    submit(second, seen=3)
    approve(version, first)
    assert status(house) == "under_review"
    adopt(version, house.ada)
    assert status(house) == "approved"


def test_a_hospital_that_ends_its_adoption_is_under_review_again(house: House) -> None:
    end(adopted(house), house.ada)
    assert status(house) == "under_review"


def test_a_change_of_one_number_loses_the_approval(house: House, tmp_path: Path) -> None:
    adopted(house)
    assert edition_at(house.a.pk, with_limit_of_two(tmp_path)).status == "under_review"


def test_a_change_of_a_comment_in_a_file_loses_it_too(house: House, tmp_path: Path) -> None:
    adopted(house)
    other = changed(tmp_path, "statements/radiation.yaml", "# Radiation as", "# Radiation, as")
    assert edition_at(house.a.pk, other).status == "under_review"


def test_files_that_call_themselves_approved_are_not(house: House, tmp_path: Path) -> None:
    said = changed(tmp_path, "edition.yaml", "status: under_review", "status: approved")
    assert edition_at(house.a.pk, said).status == "under_review"


def test_other_rules_for_the_same_content_lose_the_approval(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted(house)
    monkeypatch.setattr("approval.standing.ENGINE_VERSION", "99")
    assert status(house) == "under_review"


def test_it_takes_one_query(house: House, django_assert_num_queries: pytest.FixtureRequest) -> None:
    adopted(house)
    with django_assert_num_queries(1):  # type: ignore[operator]
        edition_at(house.a.pk)


def test_the_same_review_gives_the_same_edition(house: House) -> None:
    assert edition_at(house.a.pk) is edition_at(house.b.pk)
    assert load_edition().review is None
