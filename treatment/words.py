"""How the wizard names what the guideline names by id: options, values, findings, kinds of source."""

from collections.abc import Mapping
from decimal import Decimal

from approval.words import UNITS
from guideline.errors import InputError
from guideline.fact_table import FACT

NOT_KNOWN = "not known"

OPTIONS: Mapping[str, str] = {
    "radiation": "Radiation as the sole treatment",
    "lenalidomide_dex": "Lenalidomide and dexamethasone",
    "melphalan_dex": "Melphalan and dexamethasone",
    "bortezomib_mono": "Bortezomib alone",
    "bortezomib_combination": "Bortezomib combination",
    "thalidomide_based": "Thalidomide-based regimen",
    "asct": "Autologous stem cell transplantation",
    "ivig": "Intravenous immunoglobulin",
    "plasma_exchange": "Plasma exchange",
    "bevacizumab": "Bevacizumab",
    "other_regimen": "Another regimen",
    "clinical_trial": "Clinical trial",
    "no_treatment": "No disease-directed treatment now",
}
# What can always be chosen and the guideline does not weigh.
BESIDE = ("other_regimen", "clinical_trial", "no_treatment")

VALUES: Mapping[str, Mapping[str, str]] = {
    "patient.sex": {"female": "Female", "male": "Male"},
    "patient.pregnancy": {"no": "Not pregnant", "yes": "Pregnant", "possible": "Possible, not excluded"},
    "line": {
        "first": "First line: no treatment of the disease so far",
        "after_radiation": "After radiation: radiation is the only treatment so far",
        "switch": "Switch: a systemic therapy was stopped without progression",
        "relapse": "Relapse: progression or insufficient response after systemic therapy",
    },
    "neuropathy.severity": {"none": "None", "mild": "Mild", "moderate": "Moderate", "severe": "Severe"},
    "prior": {
        "none": "Not given",
        "responded": "Responded",
        "refractory": "Refractory",
        "stopped_toxicity": "Stopped: toxicity",
        "stopped_other": "Stopped: other reason",
    },
}

EXTENT: Mapping[str, str] = {
    "localized": "Localized",
    "disseminated": "Disseminated",
    "undetermined": "Undetermined",
}
PATHWAY: Mapping[str, str] = {
    "not_established": "Diagnosis not established",
    "not_covered": "Not covered by this guideline",
    "undetermined": "Undetermined",
    "systemic": "Systemic treatment",
    "observe_after_radiation": "Observe after radiation",
    "radiation": "Radiation",
}
DIRECTIONS: Mapping[tuple[str, str | None], str] = {
    ("for", None): "For",
    ("confirms", None): "Confirms",
    ("against", "weak"): "Against, weak",
    ("against", "strong"): "Against, strong",
    ("excludes", None): "Excludes",
    ("undetermined", None): "To be settled",
}
STATUS: Mapping[str, str] = {
    "preferred": "Preferred",
    "suitable": "Suitable",
    "caution": "Caution",
    "undetermined": "Undetermined",
    "not_judged": "Not judged",
    "not_recommended": "Not recommended",
    "excluded": "Excluded",
    "not_applicable": "Not applicable",
    "beside": "Not weighed by the guideline",
}


def value_in_words(path: str, value: object) -> str:
    """One fact's value as the wizard writes it, with its unit; None is *not known*."""
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return "Yes" if value else "No"
    definition = FACT[path]
    if definition.kind == "choice":
        return VALUES[_choices_of(path)][str(value)]
    if path == "extent.bone_lesion_count" and value == 0:
        return "None found"
    unit = UNITS.get(definition.unit or "", definition.unit or "")
    return f"{number_in_words(value)} {unit}".strip()


def choices_in_words(path: str) -> list[tuple[str, str]]:
    """The choices of a fact with their words, in the guideline's order."""
    return [(choice, VALUES[_choices_of(path)][choice]) for choice in FACT[path].choices]


def number_in_words(value: object) -> str:
    return format(Decimal(str(value)).normalize(), "f")


def change_in_words(change: str) -> str:
    """What a missing fact can change: ``extent``, ``pathway`` or ``option:<id>``."""
    kind, _, option = change.partition(":")
    return OPTIONS[option] if option else f"the {kind}"


def refusal_in_words(error: InputError) -> str:
    """The guideline's own sentence about facts that contradict each other, in the words of the form."""
    sentence = error.allowed
    for path in sorted(FACT, key=len, reverse=True):
        if "." in path:
            sentence = sentence.replace(path, f"“{FACT[path].label}”")
    for code, word in (("true", "yes"), ("false", "no"), ("null", NOT_KNOWN)):
        sentence = sentence.replace(f" {code}", f" {word}")
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _choices_of(path: str) -> str:
    return "prior" if path.startswith("prior.") else path
