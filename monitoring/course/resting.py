"""What an axis rests on, as a short digest: the same as long as its values are the same."""

import hashlib
from collections.abc import Iterator

from guideline.course.history import History
from guideline.edition import Edition

ANALYTES = {"vegf": ("vegf",), "clone": ("m_protein", "immunofixation", "marrow_clonal")}


def rests_on(axis: str, history: History, edition: Edition) -> str:
    """A digest of every value of the axis up to the day of reading; any new or corrected one changes it."""
    seen = history.seen_on(history.as_of)
    return hashlib.sha256("\n".join(_values(axis, seen, edition)).encode()).hexdigest()


def _values(axis: str, seen: History, edition: Edition) -> Iterator[str]:
    if axis == "pet":
        for scan in seen.scans:
            yield f"{scan.on} {scan.sum_suv_max:f} {scan.avid_lesions} {scan.new_lesion}"
        return
    for analyte in ANALYTES.get(axis, tuple(edition.scales)):
        for one in seen.of(analyte):
            series = f"{one.specimen} {one.laboratory} {one.method}"
            yield f"{analyte} {one.on} {one.comparator} {one.value} {one.unit} {one.upper_limit} {series}"
