"""How content is put into words for its reviewers: kinds of source, units, names of what entries hold."""

from collections.abc import Mapping

from guideline.entries import SourceKind

SOURCE_KINDS: dict[SourceKind, str] = {
    "randomised_trial": "randomised trial",
    "prospective_trial": "prospective trial",
    "series": "case series",
    "case_report": "case report",
    "review": "review",
    "expert_summary": "expert summary",
    "commercial_summary": "commercial summary, not a society's guideline",
    "product_information": "product information",
    "instrument": "published instrument",
    "general_knowledge": "generally held, no publication found",
    "own_definition": "our own definition",
}

# UCUM codes as they are printed; what is not here is printed as it is.
UNITS: Mapping[str, str] = {
    "a": "years",
    "mo": "months",
    "d": "days",
    "10*9/L": "10⁹/L",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
}
UNIT_OF_A_COUNT = "1"

# What an entry of the content holds, where its own name does not say it to a reader.
LABELS: Mapping[str, str] = {
    "text": "Says",
    "rule_in_words": "Rule",
    "sources": "Evidence",
    "counter_evidence": "Against it",
    "absolute": "Absolute contraindication",
    "permitted": "Permitted range",
    "since": "In force since",
    "superseded": "Earlier value",
    "parts": "Part",
    "variants": "Other wording",
    "encoded": "In the rules",
    "where": "Where",
    "days": "Days a value stays usable",
    "loinc": "LOINC",
    "ages": "Ages",
}
VALUES: Mapping[str, str] = {
    **{str(kind): words for kind, words in SOURCE_KINDS.items()},
    "encoded": "encoded",
    "partly": "partly encoded",
    "left_to_judgement": "left to judgement",
}
