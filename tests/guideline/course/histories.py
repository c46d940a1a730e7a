"""Small histories for the tests: one plain patient, treated from 10 January 2025 on."""

from datetime import date
from typing import Any

from guideline.course import as_json, interpret, parse_history
from guideline.edition import load_edition

START = "2025-01-10"
EDITION = load_edition()


def drugs(start: str = START, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "systemic", "name": "lenalidomide_dex", "start": start, "end": end, **more}


def transplant(start: str, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "asct", "name": "asct", "start": start, "end": end, **more}


def radiation(start: str = START, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": "radiation", "name": "50 Gy", "start": start, "end": end, **more}


def bevacizumab(start: str, end: str | None = None) -> dict[str, Any]:
    return {"kind": "anti_vegf", "name": "bevacizumab", "start": start, "end": end}


def vegf(day: str, value: float, comparator: str | None = None, **more: Any) -> dict[str, Any]:
    series = {"specimen": "plasma", "laboratory": "A", "method": "elisa", "upper_limit": 96}
    written = {"analyte": "vegf", "date": day, "value": value, "comparator": comparator, "unit": "pg/mL"}
    return {**written, **series, **more}


def result(analyte: str, day: str, value: float | None = None, **more: Any) -> dict[str, Any]:
    units = {"m_protein": "g/dL", "platelets": "10*9/L", "tsh": "m[IU]/L", "cortisol_am": "nmol/L"}
    written: dict[str, Any] = {"analyte": analyte, "date": day, "unit": units.get(analyte), **more}
    return written if value is None else {**written, "value": value}


def scan(day: str, total: float, lesions: int, *, new: bool | None = False) -> dict[str, Any]:
    return {"date": day, "sum_suv_max": total, "avid_lesions": lesions, "new_lesion": new}


def history(
    as_of: str,
    treatments: list[dict[str, Any]] | None = None,
    observations: list[dict[str, Any]] | None = None,
    pet: list[dict[str, Any]] | None = None,
    thromboprophylaxis: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    return {
        "as_of": as_of,
        "treatments": [drugs()] if treatments is None else treatments,
        "observations": observations or [],
        "pet": pet or [],
        "thromboprophylaxis": thromboprophylaxis or [],
    }


def read(raw: dict[str, Any]) -> dict[str, Any]:
    """The reading of a raw history, as JSON values."""
    reading: dict[str, Any] = as_json(interpret(parse_history(raw, EDITION), EDITION))
    return reading


def read_vegf(as_of: str, *observations: dict[str, Any], treatments: Any = None) -> dict[str, Any]:
    """The VEGF of a patient with these values."""
    return dict(read(history(as_of, treatments, list(observations)))["vegf"])


def alerts(reading: dict[str, Any]) -> dict[str, str]:
    """Severity of every alert, by id."""
    return {alert["id"]: alert["severity"] for alert in reading["alerts"]}


def day(text: str) -> date:
    return date.fromisoformat(text)
