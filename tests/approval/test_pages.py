"""The pages of the guideline's content: who sees and says what, and what is told."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Membership
from accounts.roles import Role
from approval.actions.steps import CHANGED, NOT_IN_USE, OWN
from approval.models import Adoption, Step, Version
from tests.approval.editions import of_next_year
from tests.approval.reviewers import adopted, approve, approved, rita, sam, submit
from tests.personas import House, member, registered, signed_in

IN_USE = "/guideline/in-use/"


def html(client: Client, url: str = IN_USE) -> str:
    return client.get(url).content.decode()


def said(by: Membership, url: str, kind: str, **changes: Any) -> Any:
    data = {"kind": kind, "seen": "0", "comment": "", "submission": str(uuid4())} | changes
    return signed_in(by).post(f"{url}step/", data)


def url_of(version: Version) -> str:
    return f"/guideline/{version.pk}/"


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_and_only_reviewers_are_offered_a_word(house: House, role: Role) -> None:
    page = html(signed_in(member(f"{role} Role", house.a, [role])))
    assert "Nobody has submitted it" in page
    assert ("Submit for approval" in page) is (role is Role.GUIDELINE_REVIEWER)


def test_a_reviewer_lands_on_the_content(house: House) -> None:
    assert signed_in(rita(house)).get("/").headers["Location"] == "/guideline/"


def test_a_submission_leads_to_the_version_that_was_kept(house: House) -> None:
    response = said(rita(house), IN_USE, "submitted")
    assert response.headers["Location"] == url_of(Version.objects.get())


def test_whoever_submitted_is_offered_no_approval_and_told_why(house: House) -> None:
    version = submit(reviewer := rita(house)).version
    page = html(signed_in(reviewer), url_of(version))
    assert "Approve version" not in page
    assert "You submitted it, so somebody else has to approve it." in page


def test_a_forged_approval_of_ones_own_is_refused_in_a_sentence(house: House) -> None:
    version = submit(reviewer := rita(house)).version
    response = said(reviewer, url_of(version), "approved", seen="1")
    assert (response.status_code, OWN in response.content.decode()) == (422, True)


def test_another_reviewer_approves(house: House) -> None:
    version = submit(rita(house)).version
    said(sam(house), url_of(version), "approved", seen="1", comment="Read every word.")
    page = html(signed_in(house.alice), url_of(version))
    assert "<strong>Approved</strong> by Sam Stone, Hospital A" in page
    assert "Read every word." in page


@pytest.mark.parametrize(
    ("kind", "sentence"), [("retired", "Say why it is retired"), ("remarked", "Write the")]
)
def test_without_a_reason_it_is_not_retired_nor_remarked_on(house: House, kind: str, sentence: str) -> None:
    version = submit(reviewer := rita(house)).version
    response = said(reviewer, url_of(version), kind, seen="1")
    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert Step.objects.count() == 1


def test_whoever_is_late_keeps_the_comment_and_sees_what_happened(house: House) -> None:
    version = submit(rita(house)).version
    approve(version, sam(house))
    late = member("Lena Late", house.a, [Role.GUIDELINE_REVIEWER])
    page = said(late, url_of(version), "approved", seen="1", comment="Mine too").content.decode()
    assert CHANGED in page
    assert "Mine too" in page
    assert "by Sam Stone" in page


@pytest.mark.parametrize("garbage", ["", "x", "-1", "9" * 30, "None"])
def test_garbage_in_hidden_fields_is_no_error(house: House, garbage: str) -> None:
    version = submit(reviewer := rita(house)).version
    for field in ("seen", "submission", "kind"):
        data = {"kind": "retired", "seen": "1", "submission": str(uuid4()), field: garbage}
        assert signed_in(reviewer).post(f"{url_of(version)}step/", data).status_code == 422


@pytest.mark.parametrize("key", ["x", "00000000-0000-4000-8000-000000000000", "in-use/read/nothing"])
def test_what_does_not_exist_is_not_found(alice: Client, key: str) -> None:
    assert alice.get(f"/guideline/{key}/").status_code == 404


def test_the_admin_adopts_and_the_clinician_reads_it(house: House, ada: Client, alice: Client) -> None:
    version = approved(house)
    data = {"kind": "adopt", "seen": "0", "submission": str(uuid4())}
    assert ada.post(f"{url_of(version)}adoption/", data).status_code == 302
    assert "adopted by Ada Adler" in html(alice, url_of(version))


def test_a_second_admin_who_is_late_is_told(house: House, ada: Client) -> None:
    version = adopted(house)
    data = {"kind": "end", "seen": "0", "comment": "Wait", "submission": str(uuid4())}
    response = ada.post(f"{url_of(version)}adoption/", data)
    assert (response.status_code, CHANGED in response.content.decode()) == (422, True)
    assert Adoption.objects.count() == 1


def test_another_hospital_reads_that_it_did_not_adopt(house: House, carlos: Client) -> None:
    page = html(carlos, url_of(adopted(house)))
    assert "Hospital B: not adopted" in page


def test_thresholds_show_unit_range_day_and_version(alice: Client, house: House) -> None:
    page = html(alice, f"{IN_USE}read/thresholds/")
    for words in ("150 10⁹/L", "100 to 180 10⁹/L", "23 November 2026", "2026.11"):
        assert words in page


def test_statements_show_what_speaks_against_them(alice: Client, house: House) -> None:
    page = html(alice, f"{IN_USE}read/statements/")
    assert "The dose is not settled." in page
    assert "case series, n = " in page


def test_the_register_counts_what_became_of_the_article(alice: Client, house: House) -> None:
    assert "left to judgement" in html(alice)


@pytest.fixture
def next_year(house: House, tmp_path: Path) -> Version:
    """The shipped content was submitted by Rita, a version of next year by Sam."""
    submit(rita(house))
    return submit(sam(house), of_next_year(tmp_path)).version


def test_two_versions_differ_to_the_word(next_year: Version, alice: Client) -> None:
    page = html(alice, f"{url_of(next_year)}changes-since/in-use/")
    for piece in (
        '<del class="change-removed"><span class="spoken">removed: </span>3</del>',
        '<ins class="change-added"><span class="spoken">added: </span>2</ins>',
        ["no", "lesion", "is", "there", "to", "treat"][-1],
    ):
        assert piece in page


def test_a_version_whose_files_are_not_in_use_is_not_approved(next_year: Version, house: House) -> None:
    reviewer = next(iter(Step.objects.filter(version=next_year))).made_by.memberships.get()
    assert reviewer.user.full_name == "Sam Stone"
    third = member("Tara Third", house.b, [Role.GUIDELINE_REVIEWER])
    response = said(third, url_of(next_year), "approved", seen="1")
    assert (response.status_code, NOT_IN_USE in response.content.decode()) == (422, True)


def test_the_list_names_what_changed_in_the_content_in_use(next_year: Version, alice: Client) -> None:
    page = html(alice, "/guideline/")
    assert "Since version 2027.01: " in page
    assert "Thresholds (1 changed)" in page


def test_the_list_tells_each_what_waits_for_them(house: House, ada: Client) -> None:
    reviewer, second = rita(house), sam(house)
    assert "It waits for a reviewer to submit it" in html(signed_in(reviewer), "/guideline/")
    version = submit(reviewer).version
    assert "somebody else has to approve it" in html(signed_in(reviewer), "/guideline/")
    assert "It waits for your approval" in html(signed_in(second), "/guideline/")
    approve(version, second)
    assert "It waits for you to adopt it for Hospital A" in html(ada, "/guideline/")


def test_the_list_costs_the_same_for_one_version_and_for_many(
    house: House, alice: Client, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    submit(rita(house))
    submit(sam(house), of_next_year(tmp_path))
    alice.get("/guideline/")
    with django_assert_max_num_queries(LIST):
        alice.get("/guideline/")


def test_the_stripe_leads_to_what_it_means(house: House, alice: Client) -> None:
    patient = registered(house.alice)
    stripe = (
        html(alice, f"/patients/{patient.pk}/timeline/").partition('class="stripe"')[2].partition("</div>")[0]
    )
    assert 'href="/guideline/"' in stripe


def test_an_auditor_lands_on_the_log(house: House) -> None:
    auditor = signed_in(member("Otto Ortega", house.a, [Role.AUDITOR]))
    assert auditor.get("/").headers["Location"] == "/hospital/log/"


# Session, person and scope are seven; content, others, steps twice, adoption, words of both, review.
LIST = 15
