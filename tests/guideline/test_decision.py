"""A decision as a structure: each status, argument and advisory leads to facts, rule, numbers and sources."""

import json

import pytest

from guideline import ENGINE_VERSION
from guideline.decision import FactUsed, ThresholdUsed
from guideline.edition import load_edition
from tests.guideline.builders import DISSEMINATED, LOCALIZED, NO_PRIOR, decision_of


def argument_of(decision, option, rule):
    return next(argument for argument in decision.option(option).arguments if argument.rule == rule)


def advisory_of(decision, id):
    return next(advisory for advisory in decision.advisories if advisory.id == id)


def test_a_decision_remembers_content_engine_facts_and_findings():
    decision = decision_of("first", LOCALIZED, neuropathy__severity="mild")
    edition = load_edition()
    content = decision.content
    assert (content.id, content.version, content.status) == (edition.id, edition.version, edition.status)
    assert (decision.engine, decision.facts["line"]) == (ENGINE_VERSION, "first")
    assert (decision.mayo, decision.chiba, decision.castleman_variant) == (True, None, False)
    assert (decision.established, decision.pregnancy_not_excluded) == (True, False)
    assert (decision.extent, decision.pathway) == ("localized", "radiation")


def test_findings_may_be_the_other_way_round():
    decision = decision_of("first", {"diagnosis.polyneuropathy": False, "patient.pregnancy": "possible"})
    assert (decision.mayo, decision.chiba, decision.established) == (False, False, False)
    assert decision.pregnancy_not_excluded


def test_an_argument_leads_to_its_facts_numbers_rule_and_sources():
    decision = decision_of("first", DISSEMINATED, labs__egfr_ml_min_173m2=24)
    renal = argument_of(decision, "melphalan_dex", "MEL-RENAL")
    assert (renal.direction, renal.strength, renal.absolute) == ("against", "weak", False)
    assert renal.facts == (FactUsed("labs.egfr_ml_min_173m2", 24),)
    assert renal.thresholds == (ThresholdUsed("egfr_low", 30, "mL/min/{1.73_m2}"),)
    assert renal.rule_in_words == "The pathway is systemic and eGFR is below 30."
    assert renal.sources == load_edition().statement("MEL-RENAL").sources


def test_an_argument_that_rests_on_the_pathway_shows_the_known_facts_behind_it():
    decision = decision_of("first", DISSEMINATED)
    option = argument_of(decision, "lenalidomide_dex", "SYS-LENDEX-OPTION")
    marrow = FactUsed("extent.clonal_marrow_plasma_cells", value=True)
    assert option.facts == (FactUsed("line", "first"), marrow)


def test_a_fact_that_is_read_and_rested_on_is_shown_once():
    decision = decision_of("first", DISSEMINATED, fitness__transplant_eligible=None)
    unknown = argument_of(decision, "asct", "ASCT-ELIGIBILITY-UNKNOWN")
    paths = [fact.path for fact in unknown.facts]
    assert paths == ["fitness.transplant_eligible", "line", "extent.clonal_marrow_plasma_cells"]
    assert unknown.facts[0].value is None


def test_counter_evidence_hangs_on_the_argument_and_the_advisory_it_contradicts():
    decision = decision_of("first", LOCALIZED)
    localized = argument_of(decision, "radiation", "RT-LOCALIZED")
    assert localized.counter_evidence == load_edition().statement("RT-LOCALIZED").counter_evidence != ()
    lag = advisory_of(decision, "monitor-pet-lag")
    assert lag.counter_evidence == load_edition().statement("monitor-pet-lag").counter_evidence != ()


def test_what_was_given_before_is_said_in_words_without_the_line():
    decision = decision_of("relapse", DISSEMINATED, NO_PRIOR, prior__bortezomib_combination="refractory")
    failed = argument_of(decision, "bortezomib_mono", "PRIOR-FAILED")
    assert "bortezomib combination" in failed.text
    assert "nothing recorded" not in failed.text
    unknown = decision_of("relapse", DISSEMINATED, NO_PRIOR, prior__asct=None)
    assert "the disease progressed" not in argument_of(unknown, "asct", "PRIOR-UNKNOWN").text


def test_an_advisory_leads_to_its_facts_numbers_rule_and_sources():
    decision = decision_of("first", LOCALIZED, labs__platelets_10e9_l=451)
    found = advisory_of(decision, "thrombocytosis-prophylaxis")
    assert found.severity == "warning"
    assert found.facts == (
        FactUsed("labs.platelets_10e9_l", 451),
        FactUsed("fitness.on_thromboprophylaxis", None),
    )
    assert found.thresholds == (ThresholdUsed("thrombocytosis", 450, "10*9/L"),)
    assert found.rule_in_words == load_edition().rule_in_words("thrombocytosis-prophylaxis")
    assert found.sources == load_edition().statement("thrombocytosis-prophylaxis").sources
    assert "451" in found.text


def test_a_wording_of_its_own_brings_sources_of_its_own():
    advised = decision_of("first", LOCALIZED, extent__bone_lesion_count=4)
    found = advisory_of(advised, "systemic-mandatory")
    statement = load_edition().statement("systemic-mandatory")
    assert found.text.endswith("systemic treatment is advised.")
    assert found.sources == statement.variants["advised"].sources != statement.sources
    mandatory = advisory_of(decision_of("first", DISSEMINATED), "systemic-mandatory")
    assert mandatory.sources == statement.sources


def test_a_wording_without_sources_of_its_own_has_those_of_the_statement():
    decision = decision_of("first", {"diagnosis.polyneuropathy": False, "diagnosis.treat_as_poems": True})
    found = advisory_of(decision, "criteria-not-met")
    assert found.sources == load_edition().statement("criteria-not-met").sources


def test_a_status_leads_to_its_reason_and_rule():
    decision = decision_of("first", LOCALIZED, neuropathy__severity="mild")
    option = decision.option("radiation")
    assert (option.status, option.status_rule, option.step) == ("preferred", "STATUS-CONFIRMED", None)
    assert option.rule_in_words == load_edition().rule_in_words("STATUS-CONFIRMED")
    assert option.status_text[0].isupper()
    assert not option.absolute


def test_options_are_ranked_from_one_without_a_gap():
    decision = decision_of("first", DISSEMINATED)
    assert [option.rank for option in decision.options] == list(range(1, 11))
    assert decision.option("asct").step == "after_induction"


@pytest.mark.parametrize(
    ("option", "needs_reason"),
    [("radiation", True), ("bevacizumab", True), ("lenalidomide_dex", False)],
)
def test_only_leaving_the_recommendation_asks_for_a_reason(option, needs_reason):
    assert decision_of("first", DISSEMINATED).option(option).needs_reason is needs_reason


def test_a_decision_is_printed_with_every_key_in_its_order():
    printed = decision_of("first", LOCALIZED, neuropathy__severity="mild").as_json()
    edition = load_edition()
    assert list(printed) == [
        "content",
        "engine",
        "facts_sha256",
        "criteria",
        "castleman_variant",
        "extent",
        "pathway",
        "options",
        "advisories",
        "missing",
    ]
    assert printed["content"] == {"id": edition.id, "version": edition.version, "status": edition.status}
    assert printed["criteria"] == {"mayo": True, "chiba": None}
    assert (printed["engine"], len(printed["facts_sha256"])) == (ENGINE_VERSION, 64)
    assert (printed["castleman_variant"], printed["extent"], printed["pathway"]) == (
        False,
        "localized",
        "radiation",
    )
    assert json.loads(json.dumps(printed)) == printed


def test_options_arguments_advisories_and_missing_facts_are_printed_whole():
    decision = decision_of("first", DISSEMINATED, fitness__transplant_eligible=None)
    printed = decision.as_json()
    by_id = {option["id"]: option for option in printed["options"]}
    assert list(by_id["asct"]) == ["id", "status", "rank", "step", "arguments"]
    assert list(by_id["radiation"]) == ["id", "status", "rank", "arguments"]
    assert by_id["asct"]["step"] == "after_induction"
    (argument,) = by_id["ivig"]["arguments"]
    assert argument == {
        "rule": "CIDP-THERAPY",
        "direction": "excludes",
        "strength": None,
        "text": decision.option("ivig").arguments[0].text,
        "sources": ["S8"],
    }
    assert printed["missing"][0] == {"fact": "fitness.transplant_eligible", "can_change": ["option:asct"]}
    assert [entry["fact"] for entry in printed["missing"]] == [entry.fact for entry in decision.missing]
    last = printed["advisories"][-1]
    assert (last["id"], last["severity"], list(last)) == (
        "monitor-neurologic-lag",
        "info",
        ["id", "severity", "text", "sources"],
    )
    assert last["sources"] == list(decision.advisories[-1].sources)


@pytest.mark.parametrize(
    "key",
    ["mayo", "chiba", "castleman_variant", "established", "pregnancy_not_excluded", "extent", "pathway"],
)
def test_every_finding_leads_to_its_rule_facts_and_sources(key):
    finding = decision_of("first", DISSEMINATED).finding(key)
    statement = load_edition().statement(finding.rule)
    assert finding.sources == statement.sources
    assert finding.facts
    assert "{" not in finding.rule_in_words


def test_a_finding_shows_what_it_reads_also_where_that_is_not_known():
    extent = decision_of("first", DISSEMINATED).finding("extent")
    values = {fact.path: fact.value for fact in extent.facts}
    assert values["extent.clonal_marrow_plasma_cells"] is True
    assert values["extent.bone_lesion_count"] is None
    assert extent.thresholds == (ThresholdUsed("limited_lesion_limit", 3, "1"),)


def test_the_pathway_shows_of_the_facts_behind_it_only_those_that_are_known():
    paths = [fact.path for fact in decision_of("first", DISSEMINATED).finding("pathway").facts]
    assert paths == ["line", "extent.clonal_marrow_plasma_cells", "diagnosis.monoclonal_plasma_cell_disorder"]


def test_what_is_no_finding_has_no_explanation():
    with pytest.raises(KeyError):
        decision_of("first").finding("options")
