"""Why each axis reads as it does: a sentence with the patient's values, the rule, its numbers and sources."""

from collections.abc import Mapping

from guideline.course import based_on
from guideline.course.clocks import months_after
from guideline.course.definitions import Definitions
from guideline.course.facts import in_words, series_in_words
from guideline.course.imaging import Imaging
from guideline.course.reading import Axes, Basis, Fact
from guideline.course.sentences import sentence, sources_of, thresholds_of
from guideline.course.verdicts import NOT_EVALUABLE, Judged
from guideline.course.wording import change_in_words, day_in_words

NO_VALUE = "no_value"


def basis_of_vegf(axes: Axes, rules: Definitions) -> Basis:
    """Why the primary series reads as it does."""
    series = axes.vegf
    if series is None:
        return _basis("reading-vegf", NO_VALUE, {}, (), rules)
    values = {
        "series": series_in_words(series),
        "change": change_in_words(series.change_percent, series.bound),
    }
    found = based_on.vegf_facts(series)
    return _basis("reading-vegf", _variant(series.judged), values, found, rules)


def basis_of_imaging(axes: Axes, rules: Definitions) -> Basis:
    """Why the scans read as they do."""
    pet = axes.pet
    cleared = pet.judged.word == NOT_EVALUABLE and pet.progressed_on is not None
    variant = "cleared" if cleared else _variant(pet.judged)
    return _basis(
        "reading-imaging", variant, _imaging_values(pet, rules), based_on.imaging_facts(axes), rules
    )


def _imaging_values(pet: Imaging, rules: Definitions) -> dict[str, str]:
    values = {"change": change_in_words(pet.change_percent, None)}
    if pet.progressed_on is not None:
        values["progressed_on"] = day_in_words(pet.progressed_on)
    if pet.anchor is not None:
        values["judged_from"] = day_in_words(months_after(pet.anchor, rules.whole("pet_early_months")))
        values["mature_from"] = day_in_words(months_after(pet.anchor, rules.whole("pet_mature_months")))
    return values


def basis_of_nerve(axes: Axes, rules: Definitions) -> Basis:
    """Why the nerve reads as it does."""
    values = {}
    if axes.line is not None:
        values["lag_until"] = day_in_words(months_after(axes.line.start, rules.whole("neuro_lag_months")))
        values["best_until"] = day_in_words(months_after(axes.line.start, rules.whole("neuro_late_months")))
    found = based_on.nerve_facts(axes, rules)
    variant = axes.neuro.judged.word
    if not axes.neuro.judged.evaluable and axes.line is not None:
        variant = "no_scale"
    elif axes.line is None:
        variant = "no_treatment"
    return _basis("reading-nerve", variant, values, found, rules)


def basis_of_clone(axes: Axes, rules: Definitions) -> Basis:
    """Why the clone reads as it does."""
    values = {"change": change_in_words(axes.clone.change_percent, axes.clone.bound)}
    found = based_on.clone_facts(axes, rules)
    return _basis("reading-clone", _variant(axes.clone.judged), values, found, rules)


def basis_of_radiation(axes: Axes, rules: Definitions) -> Basis | None:
    """Why the clock after radiation stands where it does; None where there is no such clock."""
    clock = axes.radiation
    if clock.state is None:
        return None
    values = {}
    if clock.ended_on is not None:
        judged_from = months_after(clock.ended_on, rules.whole("stability_from_months"))
        judged_until = months_after(clock.ended_on, rules.whole("stability_until_months"))
        values = {"judged_from": day_in_words(judged_from), "judged_until": day_in_words(judged_until)}
    return _basis("reading-radiation", clock.state, values, based_on.radiation_facts(axes), rules)


def _variant(judged: Judged) -> str:
    """The name of the wording: the word itself, or the reason why there is none."""
    if judged.reason is None:
        return judged.word
    return judged.reason.lower().replace(",", "").replace(" ", "_").replace("-", "_")


def _basis(
    key: str, variant: str, values: Mapping[str, str], found: tuple[Fact, ...], rules: Definitions
) -> Basis:
    edition = rules.edition
    statement = edition.statement(key)
    return Basis(
        definition=key,
        sentence=sentence(statement, variant, {**values, "facts": in_words(found)}, edition),
        rule_in_words=edition.rule_in_words(key),
        thresholds=thresholds_of(statement, edition),
        sources=sources_of(statement, variant),
        facts=found,
    )
