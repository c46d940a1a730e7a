"""Which results and entries of the record answer which follow-up: pure, from windows and days alone.

A follow-up asks for one or more examinations (ASKS_FOR); it is answered when each of them has a result that
belongs to it. A result belongs to one item of a kind: the one in whose window it was collected (of several,
the one whose due day is nearest), else the last one whose window had closed, which was then done late.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

# What of the record answers as a result does: it has a day, and stands until it is struck or corrected.
PET = "pet"
CT = "ct"
MARROW_BIOPSY = "marrow_biopsy"
STABILITY = "stability"
NERVE_SCALES = ("onls", "incat", "i_rods", "mrc_sum", "grip_kpa", "grip_kg", "walk_10m_s")

# By kind of the guideline's schedules, the examinations asked for: each with the answers of which one is
# enough. A kind that is not here is closed by a person: of the fundus the record knows only whether the disc
# was ever swollen, not on which day somebody looked.
ASKS_FOR: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "vegf": {"VEGF": ("vegf",)},
    "clone": {
        "M-protein": ("m_protein",),
        "immunofixation": ("immunofixation",),
        "free light chains": ("flc_kappa", "flc_lambda", "flc_ratio"),
    },
    "blood": {
        "blood count": ("platelets", "hemoglobin", "leukocytes"),
        "creatinine": ("creatinine", "egfr"),
        "albumin": ("albumin",),
    },
    "nerve": {"nerve scales, strength, grip or walk": NERVE_SCALES},
    "nerve_full": {"neuropathy impairment score": ("nis", "mnis7"), "nerve conduction": ("cmap_mv",)},
    "pet": {"PET scan": (PET,)},
    "heart_and_lung": {
        "echocardiography": ("lvef_percent", "rvsp_mmhg"),
        "lung function": ("fvc_percent", "fvc", "tlc_percent", "tlc", "dlco_percent", "dlco"),
    },
    "endocrine": {
        "thyroid": ("tsh", "free_t4"),
        "adrenal": ("cortisol_am", "cortisol", "acth"),
        "gonadal": ("testosterone", "estradiol", "lh", "fsh", "prolactin"),
        "glucose": ("hba1c", "glucose"),
    },
    "marrow": {"marrow": ("marrow_clonal", "marrow_plasma_cells", MARROW_BIOPSY)},
    "ct": {"computed tomography": (CT,)},
    "stability": {"stabilized after radiation": (STABILITY,)},
}

ReadingKey = tuple[str, int]  # a table's word, and the row's key


@dataclass(frozen=True)
class Reading:
    """A result or entry that stands, of a day that is known; of an entry ``analyte`` is PET, CT and so on."""

    key: ReadingKey
    analyte: str
    on: date


@dataclass(frozen=True)
class Window:
    """An item of a kind, whatever became of it."""

    key: UUID
    kind: str
    earliest: date
    due: date
    latest: date


@dataclass(frozen=True)
class Found:
    """What belongs to an item: by examination the first reading; ``missing`` are those without one."""

    readings: tuple[Reading, ...]
    missing: tuple[str, ...]

    @property
    def is_answered(self) -> bool:
        return not self.missing

    @property
    def done_on(self) -> date:
        """The day on which the last of the examinations was done; ``readings`` must not be empty."""
        return max(reading.on for reading in self.readings)


def belongings(
    windows: Sequence[Window], readings: Iterable[Reading], refused: Collection[tuple[UUID, ReadingKey]] = ()
) -> dict[UUID, Found]:
    """By item, what belongs to it. ``refused``: a person said that this reading does not belong to this item.

    ``windows`` and ``readings`` are of one patient.
    """
    found: dict[UUID, dict[str, Reading]] = {window.key: {} for window in windows}
    for reading in sorted(readings, key=lambda reading: (reading.on, reading.key)):
        for kind, examination in _asked_by(reading.analyte):
            may = [
                window
                for window in windows
                if window.kind == kind and (window.key, reading.key) not in refused
            ]
            window = item_of(may, reading.on)
            if window is not None:
                found[window.key].setdefault(examination, reading)
    return {window.key: _found(window, found[window.key]) for window in windows}


def item_of(windows: Sequence[Window], day: date) -> Window | None:
    """The one of the windows of a kind that an examination on ``day`` belongs to."""
    open_then = [window for window in windows if window.earliest <= day <= window.latest]
    if open_then:
        return min(open_then, key=lambda window: (abs(window.due - day), window.due, window.key))
    closed_then = [window for window in windows if window.latest < day]
    return max(closed_then, key=lambda window: (window.latest, window.key), default=None)


def _asked_by(analyte: str) -> list[tuple[str, str]]:
    """Each kind and examination that a result of the analyte may answer."""
    return [
        (kind, examination)
        for kind, examinations in ASKS_FOR.items()
        for examination, analytes in examinations.items()
        if analyte in analytes
    ]


def _found(window: Window, by_examination: Mapping[str, Reading]) -> Found:
    asked = ASKS_FOR.get(window.kind, {window.kind: ()})
    return Found(
        readings=tuple(by_examination[name] for name in asked if name in by_examination),
        missing=tuple(name for name in asked if name not in by_examination),
    )
