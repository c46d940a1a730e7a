"""Regimens to choose from, what each consists of, and which option of the guideline it counts as."""

from dataclasses import dataclass

from guideline.edition import Edition


@dataclass(frozen=True)
class Regimen:
    """A named combination. ``drugs`` are keys of the content's drugs; ``option`` is "" where none fits."""

    key: str
    label: str
    drugs: tuple[str, ...]
    option: str = ""


_LIST = (
    Regimen(
        "lenalidomide_dex",
        "Lenalidomide-dexamethasone",
        ("lenalidomide", "dexamethasone"),
        "lenalidomide_dex",
    ),
    Regimen("melphalan_dex", "Melphalan-dexamethasone", ("melphalan", "dexamethasone"), "melphalan_dex"),
    Regimen("bortezomib", "Bortezomib alone", ("bortezomib",), "bortezomib_mono"),
    Regimen(
        "bortezomib_dex",
        "Bortezomib-dexamethasone",
        ("bortezomib", "dexamethasone"),
        "bortezomib_combination",
    ),
    Regimen(
        "cyclophosphamide_bortezomib_dex",
        "Cyclophosphamide-bortezomib-dexamethasone",
        ("cyclophosphamide", "bortezomib", "dexamethasone"),
        "bortezomib_combination",
    ),
    Regimen(
        "bortezomib_lenalidomide_dex",
        "Bortezomib-lenalidomide-dexamethasone",
        ("bortezomib", "lenalidomide", "dexamethasone"),
        "bortezomib_combination",
    ),
    Regimen(
        "daratumumab_bortezomib_dex",
        "Daratumumab-bortezomib-dexamethasone",
        ("daratumumab", "bortezomib", "dexamethasone"),
        "bortezomib_combination",
    ),
    Regimen(
        "daratumumab_lenalidomide_dex",
        "Daratumumab-lenalidomide-dexamethasone",
        ("daratumumab", "lenalidomide", "dexamethasone"),
    ),
    Regimen(
        "thalidomide_dex", "Thalidomide-dexamethasone", ("thalidomide", "dexamethasone"), "thalidomide_based"
    ),
    Regimen("cyclophosphamide_dex", "Cyclophosphamide-dexamethasone", ("cyclophosphamide", "dexamethasone")),
    Regimen("lenalidomide", "Lenalidomide alone", ("lenalidomide",)),
    Regimen("dexamethasone", "Dexamethasone alone", ("dexamethasone",)),
)
REGIMENS: dict[str, Regimen] = {regimen.key: regimen for regimen in _LIST}


def is_neurotoxic(regimen: str, words: str, edition: Edition) -> bool | None:
    """Whether the drugs can damage nerves, by the content's list of drugs; None where it does not know.

    ``words`` is what was typed beside the regimen: a drug of the list counts by any of its names, and
    any other word makes a *no* impossible.
    """
    named = {key for key, drug in edition.drugs.items() if _mentions(words, drug.aliases)}
    drugs = named.union(REGIMENS[regimen].drugs if regimen else ())
    known = {edition.drugs[key].neurotoxicity for key in drugs}
    if "high" in known:
        return True
    return False if known == {"low"} and regimen and not words.strip() else None


def _mentions(words: str, aliases: tuple[str, ...]) -> bool:
    lowered = words.lower()
    return any(alias.lower() in lowered for alias in aliases)
