"""The tables are built once, on import; here their builders are called, so that a mistake in them is seen."""

import pytest

from guideline.edition import load_edition
from guideline.rules.argument import ArgumentRule
from guideline.rules.options import OPTIONS, OptionRule
from guideline.rules.pathway import find
from guideline.rules.pregnancy import pregnancy_arguments
from guideline.rules.prior import prior_arguments
from guideline.rules.situation import Situation
from guideline.rules.statuses import carries, status_of
from tests.guideline.builders import DISSEMINATED, LOCALIZED, NO_PRIOR, case_of, decision_of


def situation_of(line: str, *facts: object, **changes: object) -> Situation:
    case, edition = case_of(line, *facts, **changes), load_edition()
    return Situation(case, find(case, edition), edition)


def rows(arguments: tuple[ArgumentRule, ...]) -> list[tuple[object, ...]]:
    return [(one.rule, one.direction, one.strength, one.reads) for one in arguments]


def test_an_option_has_three_arguments_from_earlier_treatment():
    assert rows(prior_arguments("asct", failed_with=("asct", "melphalan_dex"))) == [
        ("PRIOR-FAILED", "against", "strong", ("prior.asct", "prior.melphalan_dex")),
        ("PRIOR-RESPONDED", "against", "weak", ("prior.asct",)),
        ("PRIOR-UNKNOWN", "undetermined", None, ("line", "prior.asct", "prior.melphalan_dex")),
    ]


@pytest.mark.parametrize(
    ("changes", "applying"),
    [
        ({"prior.melphalan_dex": "refractory"}, ["PRIOR-FAILED"]),
        ({"prior.asct": "responded"}, ["PRIOR-RESPONDED"]),
        ({"prior.melphalan_dex": None}, ["PRIOR-UNKNOWN"]),
        ({}, []),
    ],
)
def test_the_arguments_from_earlier_treatment_apply_to_what_they_name(changes, applying):
    arguments = prior_arguments("asct", failed_with=("asct", "melphalan_dex"))
    situation = situation_of("relapse", NO_PRIOR, changes)
    assert [one.rule for one in arguments if one.applies(situation)] == applying


def test_an_option_has_two_arguments_from_pregnancy():
    arguments = pregnancy_arguments("MEL")
    assert rows(arguments) == [
        ("MEL-PREGNANT", "excludes", None, ("patient.pregnancy",)),
        ("MEL-PREGNANCY-NOT-EXCLUDED", "undetermined", None, ()),
    ]
    assert arguments[1].rests_on == ("patient.age_years", "patient.sex", "patient.pregnancy")
    assert arguments[1].thresholds == ("childbearing_age_limit",)


@pytest.mark.parametrize(("pregnancy", "applying"), [("yes", [True, False]), ("possible", [False, True])])
def test_the_arguments_from_pregnancy_apply_to_what_they_name(pregnancy, applying):
    situation = situation_of("relapse", patient__pregnancy=pregnancy)
    assert [one.applies(situation) for one in pregnancy_arguments("MEL")] == applying


def test_an_option_reads_what_its_arguments_read_and_a_systemic_one_also_stability():
    arguments = prior_arguments("asct", failed_with=("asct",))
    assert OptionRule("asct", "any", arguments).reads == {"line", "prior.asct"}
    assert OptionRule("asct", "systemic", arguments).reads == {"line", "prior.asct", "radiation.stabilized"}


def without_arguments(option_id: str) -> OptionRule:
    option = next(option for option in OPTIONS if option.id == option_id)
    return OptionRule(option.id, option.home, ())


def test_an_option_of_every_pathway_is_at_home_everywhere():
    situation = situation_of("first", LOCALIZED)
    assert status_of(without_arguments("ivig"), situation) == ("not_applicable", "STATUS-NO-ARGUMENT")


@pytest.mark.parametrize(
    ("direction", "strength", "found"), [("against", "weak", True), ("against", "strong", False)]
)
def test_an_argument_weighs_only_with_its_own_direction_and_strength(direction, strength, found):
    weak = ArgumentRule("MADE-UP", "against", "weak", lambda _: True)
    option = OptionRule("made_up", "any", (weak,))
    assert carries(direction, strength)(option, situation_of("first")) is found


def test_an_argument_for_has_no_strength():
    option = OptionRule("made_up", "any", (ArgumentRule("MADE-UP", "for", None, lambda _: True),))
    assert carries("for")(option, situation_of("first"))


def test_an_argument_whose_condition_is_unknown_carries_nothing():
    option = OptionRule("made_up", "any", (ArgumentRule("MADE-UP", "for", None, lambda _: None),))
    assert not carries("for")(option, situation_of("first"))


def test_the_arguments_of_one_weight_keep_the_order_of_the_table():
    first, second, other = (
        ArgumentRule(name, "against", strength, lambda _: True)
        for name, strength in (("FIRST", "weak"), ("SECOND", "weak"), ("OTHER", "strong"))
    )
    option = OptionRule("made_up", "any", (first, other, second))
    assert option.weighing("against", "weak") == (first, second)
    assert option.weighing("confirms", None) == ()


SENTENCES = [
    (
        "criteria-not-met",
        {"diagnosis.polyneuropathy": False},
        "The Mayo criteria are not met and POEMS syndrome is not established; "
        "recorded as absent: polyneuropathy.",
    ),
    (
        "criteria-not-met",
        {"diagnosis.polyneuropathy": False, "diagnosis.treat_as_poems": True},
        "The Mayo criteria are not met although the case is handled as POEMS syndrome; "
        "recorded as absent: polyneuropathy.",
    ),
    (
        "criteria-incomplete",
        {
            "diagnosis.polyneuropathy": None,
            **{f"diagnosis.{n}": True for n in ("castleman_disease", "endocrinopathy")},
        },
        "The Mayo criteria cannot be decided yet; not known: polyneuropathy, sclerotic bone lesions, "
        "organomegaly, extravascular volume overload, papilledema and thrombocytosis or polycythemia.",
    ),
    (
        "extent-undetermined",
        {"extent.bone_lesion_count": 0, "extent.whole_body_imaging": False},
        "The extent cannot be determined: the lesion count is 0 and the whole skeleton was not imaged.",
    ),
    (
        "systemic-mandatory",
        {"extent.diffuse_bone_lesions": True},
        "Bone lesions are diffuse: systemic treatment is mandatory.",
    ),
]


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row[0])
def test_an_advisory_names_its_reasons_and_no_others(row):
    advisory, changes, text = row
    found = {one.id: one.text for one in decision_of("first", LOCALIZED, changes).advisories}
    assert found[advisory] == text


def test_what_was_found_before_any_option_is_part_of_the_decision():
    decision = decision_of("first", DISSEMINATED)
    assert (decision.established, decision.pregnancy_not_excluded) == (True, False)
