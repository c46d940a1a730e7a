"""A history from JSON: checked whole, in the units the rules use, or refused with one clear sentence."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

from guideline.course.bounds import COMPARATORS
from guideline.course.change import EXACT
from guideline.course.fields import Fields, fields_of
from guideline.course.history import (
    RADIATION_INTENTS,
    STOP_REASONS,
    TREATMENT_KINDS,
    History,
    Observation,
    Period,
    Scan,
    Treatment,
)
from guideline.course.units import unit_and_factor
from guideline.edition import Edition, load_edition
from guideline.json_input import shown

_HISTORY = ("as_of", "treatments", "observations", "pet", "thromboprophylaxis")
_TREATMENT = (
    "kind",
    "name",
    "start",
    "end",
    "intent",
    "stop_reason",
    "stabilized",
    "stabilized_on",
    "continues",
    "neurotoxic",
)
_OBSERVATION = (
    "analyte",
    "date",
    "value",
    "unable",
    "comparator",
    "unit",
    "specimen",
    "laboratory",
    "method",
    "lower_limit",
    "upper_limit",
)
_SCAN = ("date", "sum_suv_max", "avid_lesions", "new_lesion")
_PERIOD = ("start", "end")


def parse_history(raw: object, edition: Edition | None = None) -> History:
    """The history that decoded JSON describes, with every result in its analyte's own unit.

    ``raw`` comes from ``guideline.json_input.read_json`` (exact decimals); a float is taken as the
    number it is written as. Raises ``InputError`` naming path, value and what is allowed.
    """
    edition = load_edition() if edition is None else edition
    history = fields_of(raw, "", _HISTORY, edition)
    with localcontext(EXACT):
        return _history(history)


def _history(history: Fields) -> History:
    return History(
        as_of=history.required_day("as_of"),
        treatments=tuple(_treatment(f, i) for i, f in _listed(history, "treatments", _TREATMENT)),
        observations=tuple(_observation(f, i) for i, f in _listed(history, "observations", _OBSERVATION)),
        scans=tuple(_scan(f, i) for i, f in _listed(history, "pet", _SCAN)),
        thromboprophylaxis=tuple(
            Period(*f.period()) for _, f in _listed(history, "thromboprophylaxis", _PERIOD)
        ),
    )


def _listed(history: Fields, key: str, keys: Sequence[str]) -> enumerate[Fields]:
    return enumerate(history.objects(key, keys))


def _treatment(fields: Fields, position: int) -> Treatment:
    kind = fields.choice("kind", TREATMENT_KINDS)
    if kind is None:
        raise fields.refuse("kind", f"a kind of treatment is required: {', '.join(TREATMENT_KINDS)}")
    start, end = fields.period()
    return Treatment(
        position=position,
        kind=kind,
        name=fields.text("name"),
        start=start,
        end=end,
        intent=fields.choice("intent", RADIATION_INTENTS),
        stop_reason=fields.choice("stop_reason", STOP_REASONS),
        stabilized=fields.flag("stabilized"),
        stabilized_on=fields.day("stabilized_on"),
        continues=fields.flag("continues"),
        neurotoxic=fields.flag("neurotoxic"),
    )


def _observation(fields: Fields, position: int) -> Observation:
    analyte = fields.text("analyte")
    if analyte is None:
        raise fields.refuse("analyte", "the name of an analyte or a scale is required")
    written = Observation(
        position=position,
        analyte=analyte,
        on=fields.required_day("date"),
        value=fields.number("value"),
        comparator=fields.choice("comparator", COMPARATORS),
        unit=fields.text("unit"),
        specimen=fields.text("specimen"),
        laboratory=fields.text("laboratory"),
        method=fields.text("method"),
        lower_limit=fields.number("lower_limit"),
        upper_limit=fields.number("upper_limit"),
        unable=fields.flag("unable") is True,
    )
    _check_unable(written, fields)
    _check_range(written, fields)
    return _in_own_unit(written, fields)


def _check_unable(written: Observation, fields: Fields) -> None:
    scale = fields.edition.scales.get(written.analyte)
    if written.unable and (scale is None or not scale.can_be_unable):
        able = ", ".join(s.key for s in fields.edition.scales.values() if s.can_be_unable)
        raise fields.refuse("unable", f"only {able} can be recorded as unable")
    if written.unable and (written.value is not None or written.comparator is not None):
        raise fields.refuse(
            "value" if written.value is not None else "comparator", "unable goes without a number"
        )
    if not written.unable and written.value is None:
        raise fields.refuse("value", f"{written.analyte} of {written.on.isoformat()} needs a number")


def _check_range(written: Observation, fields: Fields) -> None:
    if written.value is None:
        return
    scale = fields.edition.scales.get(written.analyte)
    analyte = fields.edition.analytes.get(written.analyte)
    if scale is not None:
        too_low = written.value < scale.minimum or (scale.minimum_excluded and written.value == scale.minimum)
        if too_low or written.value > scale.maximum:
            lowest = f"above {scale.minimum}" if scale.minimum_excluded else f"from {scale.minimum}"
            unable = (
                "; a patient who cannot do it is recorded with unable: true" if scale.can_be_unable else ""
            )
            raise fields.refuse("value", f"{scale.key} runs {lowest} to {scale.maximum}{unable}")
    elif analyte is not None and analyte.reads == "yes_no":
        if written.value not in (0, 1):
            raise fields.refuse("value", f"{analyte.key} is 0 (negative) or 1 (positive)")
        if written.comparator is not None:
            raise fields.refuse("comparator", f"{analyte.key} is 0 or 1 and takes no comparator")
    elif analyte is not None:
        _check_quantity(written, fields)


def _check_quantity(written: Observation, fields: Fields) -> None:
    numbers = (
        ("value", written.value),
        ("lower_limit", written.lower_limit),
        ("upper_limit", written.upper_limit),
    )
    for key, number in numbers:
        if number is not None and number < 0:
            raise fields.refuse(key, f"{written.analyte} is never negative")
    low, high = written.lower_limit, written.upper_limit
    if low is not None and high is not None and low > high:
        raise fields.refuse(
            "lower_limit", f"a lower limit of at most the upper limit, {shown(high)}, is expected"
        )


def _in_own_unit(written: Observation, fields: Fields) -> Observation:
    unit, factor = unit_and_factor(written.analyte, written.unit, fields.at("unit"), fields.edition)
    if unit == written.unit and factor == 1:
        return written

    def converted(number: Decimal | None) -> Decimal | None:
        return None if number is None else number * factor

    return replace(
        written,
        unit=unit,
        value=converted(written.value),
        lower_limit=converted(written.lower_limit),
        upper_limit=converted(written.upper_limit),
    )


def _scan(fields: Fields, position: int) -> Scan:
    total, lesions = fields.number("sum_suv_max"), fields.number("avid_lesions")
    if total is None or total < 0:
        raise fields.refuse(
            "sum_suv_max", "the sum of the lesions' SUVmax is required: 0 or more, 0 if none is avid"
        )
    if lesions is None or lesions < 0 or lesions != int(lesions):
        raise fields.refuse(
            "avid_lesions", "the number of avid lesions is required: a whole number, 0 if none is avid"
        )
    return Scan(position, fields.required_day("date"), total, int(lesions), fields.flag("new_lesion"))
