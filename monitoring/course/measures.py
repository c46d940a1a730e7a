"""What may have a lane on the timeline and how the lane is drawn: all of it comes from the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from guideline.edition import Edition
from guideline.entries import Analyte, Instrument, Scale
from monitoring.course.queries.findings import FOUND
from monitoring.results.presenters import YES_NO
from monitoring.results.trend import PERCENT, YES_OR_NO, way_of
from monitoring.results.units import unit_shown
from patients.models import Criterion

LOG, LINEAR, MARKS = "log", "linear", "marks"
# The groups of the timeline in their order, with the letter of the disease's name that each stands for.
GROUPS = MappingProxyType(
    {
        "vegf": "VEGF",
        "clone": "Clone (M)",
        "pet": "FDG-PET",
        "nerve": "Nerve (P)",
        "organs": "Organs: size, heart, lungs and fluid (O)",
        "endocrine": "Endocrine (E)",
        "skin": "Skin (S)",
        "blood": "Blood and chemistry",
    }
)
GROUP_OF = MappingProxyType(
    {
        "heart": "organs",
        "lung": "organs",
        "general": "organs",
        "chemistry": "blood",
        "cerebrospinal_fluid": "nerve",
    }
)
# Where the findings of an assessment stand, before what is measured there.
FINDING_GROUPS = MappingProxyType(
    {
        Criterion.ORGANOMEGALY: "organs",
        Criterion.OVERLOAD: "organs",
        Criterion.ENDOCRINOPATHY: "endocrine",
        Criterion.SKIN: "skin",
    }
)
ABSENT_OR_PRESENT = MappingProxyType({0: "absent", 1: "present"})


@dataclass(frozen=True)
class Measure:
    """One measure. ``better`` is lower, higher or ""; ``factors`` turn other units into its own ``unit``.

    ``words`` are what 0 and 1 mean where nothing else can be.
    """

    key: str
    title: str
    name: str
    group: str
    unit: str
    scale: str
    way: str
    factors: Mapping[str, Decimal]
    better: str = ""
    lowest: float | None = None
    highest: float | None = None
    words: Mapping[int, str] = field(default_factory=lambda: YES_NO)

    @property
    def unit_shown(self) -> str:
        return unit_shown(self.unit)


@cache
def measures(edition: Edition) -> Mapping[str, Measure]:
    """Every measure by key, in the order of the lanes."""
    kit = [
        _of_instrument(instrument, edition.scales.get(key)) for key, instrument in edition.instruments.items()
    ]
    analytes = [_of_analyte(analyte) for analyte in edition.analytes.values() if analyte.reads != "text"]
    order = list(GROUPS)
    found = sorted(
        [*map(_of_finding, FOUND), *analytes, *kit], key=lambda measure: order.index(measure.group)
    )
    return MappingProxyType({measure.key: measure for measure in found})


def _of_finding(criterion: Criterion) -> Measure:
    """A criterion of the disease, as it was assessed on a day."""
    return Measure(
        key=criterion.value,
        title=criterion.label,
        name=f"{criterion.label}, as assessed: ever documented in this disease",
        group=FINDING_GROUPS[criterion],
        unit="",
        scale=MARKS,
        way=YES_OR_NO,
        factors={"": Decimal(1)},
        words=ABSENT_OR_PRESENT,
    )


def _of_analyte(analyte: Analyte) -> Measure:
    yes_no = analyte.reads == "yes_no"
    group = GROUP_OF.get(analyte.group, analyte.group)
    return Measure(
        key=analyte.key,
        title=analyte.label,
        name=analyte.label,
        group=group,
        unit=analyte.unit or "",
        scale=MARKS if yes_no else LOG if group == "vegf" else LINEAR,
        way=YES_OR_NO if yes_no else PERCENT,
        factors=analyte.factors,
    )


def _of_instrument(instrument: Instrument, scale: Scale | None) -> Measure:
    """A measure of the neurologic kit; the axis of a score spans all of it."""
    ends = scale or instrument
    bounded = (
        ends.maximum is not None and scale is not None and scale.change_in == "points" and not scale.unit
    )
    unit = (scale.unit if scale else instrument.unit) or ""
    return Measure(
        key=instrument.key,
        title=instrument.label,
        name=instrument.what,
        group="nerve",
        unit=unit,
        scale=LINEAR,
        better=scale.better if scale else "",
        lowest=float(ends.minimum) if bounded and ends.minimum is not None else None,
        highest=float(ends.maximum) if bounded and ends.maximum is not None else None,
        way=way_of(scale) if scale else PERCENT,
        factors={unit: Decimal(1)},
    )
