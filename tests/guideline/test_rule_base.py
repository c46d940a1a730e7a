"""Rules and content belong together: every rule has its sentence, every sentence its rule and its source."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest

import guideline
from guideline.edition import CONTENT, load_edition
from guideline.fact_table import FACTS
from guideline.placeholders import placeholders_of
from guideline.rules.advise_diagnosis import MAJOR, MANDATORY, MINOR
from guideline.rules.advisories import ADVISORIES
from guideline.rules.options import OPTIONS
from guideline.rules.statuses import STATUS_RULES

PACKAGE = Path(guideline.__file__).parent
FINDINGS = {
    "FINDING-MAYO",
    "FINDING-CHIBA",
    "FINDING-ESTABLISHED",
    "FINDING-CASTLEMAN-VARIANT",
    "FINDING-EXTENT",
    "FINDING-PATHWAY",
    "FINDING-PREGNANCY",
}
ARGUMENTS = [argument for option in OPTIONS for argument in option.arguments]


def decision_statements() -> dict[str, object]:
    """The statements of the decision half; those of the course have tests of their own."""
    texts = [path.read_text() for path in (CONTENT / "statements").glob("*.yaml") if path.stem != "course"]
    keys = set(re.findall(r"^([A-Za-z][\w-]*):", "\n".join(texts), flags=re.MULTILINE))
    return {key: load_edition().statement(key) for key in keys}


def test_statements_and_rules_have_the_same_ids():
    rules = {argument.rule for argument in ARGUMENTS} | {advisory.id for advisory in ADVISORIES}
    assert set(decision_statements()) == rules | set(STATUS_RULES) | FINDINGS


def test_every_statement_has_sources_and_says_its_rule_in_words():
    for statement in decision_statements().values():
        assert statement.sources
        assert statement.rule_in_words.endswith(".")


def test_every_placeholder_is_a_fact_a_threshold_or_filled_by_the_rule():
    known = {fact.path for fact in FACTS} | set(load_edition().thresholds) | {"reasons", "facts_read"}
    for key, statement in decision_statements().items():
        wordings = [variant.text for variant in statement.variants.values()]
        templates = [statement.text, statement.rule_in_words, *statement.parts.values(), *wordings]
        used = set(chain.from_iterable(placeholders_of(template) for template in templates))
        assert used <= known, key


def test_every_fact_has_a_phrase_for_each_of_its_values():
    phrases = load_edition().phrases
    assert set(phrases) == {fact.path for fact in FACTS}
    for fact in FACTS:
        wanted = {"true", "false"} if fact.kind == "boolean" else set(fact.choices)
        assert wanted <= set(phrases[fact.path].values) or phrases[fact.path].value


def test_parts_name_exactly_the_reasons_a_rule_can_give():
    criteria = {*MANDATORY, *MAJOR, *MINOR}
    assert set(load_edition().statement("criteria-not-met").parts) == criteria
    assert set(load_edition().statement("criteria-incomplete").parts) == criteria


def test_a_plain_rule_carries_the_name_of_its_function():
    shared = {"pregnant", "pregnancy_not_excluded", "unprotected_thrombosis", "mel_before_possible_harvest"}
    shared |= {"imid_pregnancy_unknown_at_relapse", "neurotoxic_severity_unknown_at_relapse"}
    for argument in ARGUMENTS:
        name = getattr(argument.applies, "__name__", None) or argument.applies.func.__name__
        assert name in shared or name.upper().replace("_", "-") == argument.rule


def test_what_a_rule_declares_exists():
    facts, thresholds = {fact.path for fact in FACTS}, set(load_edition().thresholds)
    for rule in (*ARGUMENTS, *ADVISORIES):
        assert {*rule.reads, *getattr(rule, "rests_on", ())} <= facts
        assert set(rule.thresholds) <= thresholds


def pure_files() -> list[Path]:
    rules = sorted((PACKAGE / "rules").glob("*.py"))
    return [*rules, PACKAGE / "decide.py", PACKAGE / "missing.py"]


@pytest.mark.parametrize("file", pure_files(), ids=lambda file: file.name)
def test_no_clinical_number_stands_in_python(file):
    numbers = [
        node.value
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ]
    assert set(numbers) <= {0, 1, -1}, (
        f"{file.name}: move the number to content/thresholds with unit and source"
    )


@pytest.mark.parametrize("file", sorted(PACKAGE.glob("*.py")) + pure_files(), ids=lambda file: file.name)
def test_the_package_imports_no_clock_no_network_and_no_framework(file):
    imported = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.split(".")[0])
    assert not imported & {"django", "time", "socket", "http", "urllib", "random", "os", "subprocess"}


def test_only_an_immunomodulator_in_pregnancy_is_absolute():
    absolute = {key for key, statement in decision_statements().items() if statement.absolute}
    assert absolute == {"IMID-PREGNANCY"}


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("RT-LOCALIZED", "X-Hum13"),
        ("ASCT-FRONT-LINE", "X-Zhao19"),
        ("SYS-BORTEZOMIB-RESPONSE", "X-JMUST22"),
        ("SYS-THALIDOMIDE", "X-Misawa16"),
        ("monitor-pet-lag", "X-Pan15"),
        ("thrombocytosis-prophylaxis", "X-Sayar20"),
        ("adverse-features", "X-Wang17"),
    ],
)
def test_conflicting_evidence_hangs_on_the_statement_it_contradicts(statement, source):
    cited = {
        name for counter in load_edition().statement(statement).counter_evidence for name in counter.sources
    }
    assert source in cited


def test_the_commercial_summaries_are_labelled_as_such():
    sources = load_edition().sources
    assert {sources[key].kind for key in ("S1", "S2", "S6")} == {"commercial_summary"}
