"""The options page and the choice: the guideline's decision, unchanged by the way through the forms."""

import re
from typing import Any

import pytest

from guideline.case_input import parse_case
from guideline.decide import decide
from guideline.edition import load_edition
from tests.treatment.cases import CASES, DISSEMINATED
from tests.treatment.wizard_driver import Wizard
from treatment.choice import QUESTION
from treatment.facts import case_of
from treatment.models import Answer
from treatment.presenters.decision import decision_shown
from treatment.presenters.options import advice, option_row
from treatment.queries import contents_of
from treatment.words import BESIDE

# Session, person, scope and patient are nine of them; the draft and its answers are two; one to spare.
QUERIES_OF_THE_PAGE = 13


def decided(wizard: Wizard) -> dict[str, Any]:
    """The decision on what was entered."""
    on = wizard.draft.recorded_at.date()
    facts = contents_of(wizard.draft, wizard.patient, load_edition(), on=on).facts
    return decide(case_of(facts), load_edition()).as_json()


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_case_entered_through_the_forms_is_decided_like_the_same_json(
    wizard_for, case: dict[str, Any]
) -> None:
    wizard = wizard_for(case)
    wizard.enter(case)
    assert decided(wizard) == decide(parse_case(case), load_edition()).as_json()


@pytest.fixture
def entered(wizard: Wizard) -> Wizard:
    wizard.enter(DISSEMINATED)
    return wizard


def test_the_woman_of_49_gets_induction_and_transplantation_and_no_melphalan(entered: Wizard) -> None:
    status = {option["id"]: option["status"] for option in decided(entered)["options"]}
    assert (status["lenalidomide_dex"], status["asct"]) == ("preferred", "preferred")
    assert status["melphalan_dex"] == "not_recommended"
    assert "melphalan before the collection harms the stem-cell harvest" in entered.page("options")


def test_every_option_stays_on_the_page(entered: Wizard) -> None:
    page = entered.page("options")
    assert page.count('name="choose"') == 10 + len(BESIDE)


def test_unapproved_content_carries_its_stripe(entered: Wizard) -> None:
    assert "Guideline content not approved" in entered.page("options")


def test_a_missing_fact_links_to_its_question(entered: Wizard) -> None:
    assert f"{entered.url('fitness')}#question-fitness-stem_cells_collected" in entered.page("options")


def test_choosing_what_is_preferred_has_its_reason_preset(entered: Wizard) -> None:
    entered.post("options", {"choose": "lenalidomide_dex"}, go="")
    assert re.search(r'value="as_recommended"[^>]* checked', entered.page("options"))


def test_a_choice_is_confirmed_and_leads_on(entered: Wizard) -> None:
    response = entered.choose("lenalidomide_dex", then="on")
    assert response.headers["Location"] == entered.url("treatments")
    assert Answer.objects.get(question=QUESTION).value == {
        "options": ["lenalidomide_dex", "asct"],
        "reason": "as_recommended",
        "text": "",
        "confirmed": True,
        "name": "",
        "adjunct_radiation": False,
    }


@pytest.mark.parametrize("reason", ["", "as_recommended"])
def test_leaving_the_guideline_asks_for_a_coded_reason(entered: Wizard, reason: str) -> None:
    response = entered.choose("melphalan_dex", reason=reason)
    assert response.status_code == 422
    assert not Answer.objects.get(question=QUESTION).value["confirmed"]


def test_leaving_the_guideline_takes_one_reason_and_nothing_more(entered: Wizard) -> None:
    assert entered.choose("melphalan_dex", reason="tumor_board_decision").status_code == 302


def test_new_evidence_has_to_be_named(entered: Wizard) -> None:
    assert "Name the new evidence" in entered.choose("melphalan_dex", reason="new_evidence").content.decode()
    assert entered.choose("melphalan_dex", reason="new_evidence", text="A trial").status_code == 302


def test_a_choice_from_an_old_page_overwrites_nothing(entered: Wizard) -> None:
    old = entered.versions("options")
    entered.post("options", {"choose": "lenalidomide_dex"}, go="")
    response = entered.client.post(entered.url("options"), old | {"choose": "melphalan_dex"})
    assert response.status_code == 422
    assert Answer.objects.get(question=QUESTION).value["options"] == ["lenalidomide_dex"]


def test_the_page_asks_the_database_a_fixed_number_of_times(
    entered: Wizard, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(QUERIES_OF_THE_PAGE):
        entered.client.get(entered.url("options"))


def test_what_not_to_give_stands_apart_with_the_reason_in_a_line(entered: Wizard) -> None:
    page = entered.page("options")
    not_given = page[page.index('id="group-do-not-give"') : page.index('id="sources-heading"')]
    for option in ("thalidomide_based", "ivig", "plasma_exchange", "bevacizumab", "melphalan_dex"):
        assert f'id="option-{option}"' in not_given
    assert "help in CIDP and in the neuropathy of MGUS, not in POEMS syndrome" in not_given


def test_transplantation_is_the_step_after_and_no_alternative(entered: Wizard) -> None:
    page = entered.page("options")
    after = page.index("The step after induction, not an alternative to it")
    assert page.index('id="option-lenalidomide_dex"') < after < page.index('id="option-asct"')


def test_one_advisory_stands_out_and_the_others_are_folded_by_severity() -> None:
    page = decision_shown(decide(parse_case(DISSEMINATED), load_edition()), load_edition())
    found = advice(page.advisories)
    assert found.first is not None
    assert found.first.id == "systemic-mandatory"
    assert [group.severity for group in found.others] == ["warning", "info"]
    assert 1 + sum(len(group.advisories) for group in found.others) == len(page.advisories)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_argument_that_decides_is_of_the_kind_that_gives_the_status(case: dict[str, Any]) -> None:
    shown = decision_shown(decide(parse_case(case), load_edition()), load_edition())
    for row in map(option_row, shown.options):
        if row.option.status in ("preferred", "suitable", "caution", "not_recommended", "excluded"):
            assert row.decisive in [*row.option.in_favour_of, *row.option.against]


def test_every_fact_behind_a_word_says_who_gave_it_and_when(entered: Wizard) -> None:
    page = entered.page("options")
    assert "from the patient's identity" in page
    assert f"answered by {entered.draft.recorded_by.full_name}, " in page


def test_a_missing_fact_says_what_each_answer_would_lead_to(wizard: Wizard) -> None:
    wizard.post("course", {"line": "first"})
    page = wizard.page("options")
    missing = page[page.index('id="missing"') : page.index("</section>", page.index('id="missing"'))]
    assert "extent disseminated; pathway systemic treatment" in missing
    assert "alone it changes nothing, but together with another unknown fact it does" in missing
