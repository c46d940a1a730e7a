"""The table of facts: what may be known of a patient, in the order in which everything lists it.

The wizard's forms, the validation of a case and the list of missing facts are all made from this table.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal

FactKind = Literal["boolean", "choice", "integer", "number"]

LINES = ("first", "after_radiation", "switch", "relapse")
PRIOR_OUTCOMES = ("none", "responded", "refractory", "stopped_toxicity", "stopped_other")


@dataclass(frozen=True)
class FactDefinition:
    """One fact. ``minimum`` and ``maximum`` are inclusive; ``unit`` is UCUM.

    ``only_with_line`` names the one course position in which the fact may be given; ``required``
    facts have no unknown. ``group`` is the object the fact stands in (empty for ``line``), ``name`` its
    key there. ``read`` takes a ``Case`` and returns the value, ``None`` for unknown.
    """

    path: str
    kind: FactKind
    label: str
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    unit: str | None = None
    only_with_line: str | None = None
    required: bool = False
    hint: str | None = None
    group: str = field(init=False)
    name: str = field(init=False)
    read: Callable[[Any], Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        group, _, name = self.path.rpartition(".")
        object.__setattr__(self, "group", group)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "read", attrgetter(self.path))

    @property
    def allowed(self) -> str:
        """What may be given, in words, for error messages and form hints."""
        if self.kind == "boolean":
            return "true, false or null is allowed"
        if self.kind == "choice":
            unknown = "" if self.required else " or null"
            return "one of " + ", ".join(f'"{choice}"' for choice in self.choices) + unknown + " is allowed"
        noun = "a whole number" if self.kind == "integer" else "a number"
        return f"{noun} from {self.minimum} to {self.maximum} or null is allowed"


def _yes_no(
    path: str, label: str, hint: str | None = None, only_with_line: str | None = None
) -> FactDefinition:
    return FactDefinition(path, "boolean", label, hint=hint, only_with_line=only_with_line)


def _prior(option: str, label: str) -> FactDefinition:
    return FactDefinition(f"prior.{option}", "choice", f"Earlier treatment: {label}", PRIOR_OUTCOMES)


FACTS: tuple[FactDefinition, ...] = (
    FactDefinition("patient.age_years", "integer", "Age", minimum=0, maximum=120, unit="a"),
    FactDefinition("patient.sex", "choice", "Sex for clinical use", ("female", "male")),
    FactDefinition(
        "patient.pregnancy",
        "choice",
        "Pregnancy",
        ("no", "yes", "possible"),
        hint="Possible: of childbearing potential and not excluded by a test.",
    ),
    FactDefinition("line", "choice", "Where the patient is in the course", LINES, required=True),
    _yes_no(
        "diagnosis.treat_as_poems",
        "Treat as POEMS syndrome although criteria are not met",
        "The clinician's judgement; the reason goes on the record.",
    ),
    _yes_no("diagnosis.polyneuropathy", "Polyneuropathy", "Ever documented in this disease."),
    _yes_no("diagnosis.monoclonal_plasma_cell_disorder", "Monoclonal plasma cell disorder"),
    _yes_no("diagnosis.castleman_disease", "Castleman disease"),
    _yes_no("diagnosis.sclerotic_bone_lesions", "Sclerotic bone lesions"),
    _yes_no(
        "diagnosis.vegf_elevated", "VEGF elevated", "Judged by the clinician, never derived from the value."
    ),
    _yes_no("diagnosis.organomegaly", "Organomegaly"),
    _yes_no("diagnosis.extravascular_volume_overload", "Extravascular volume overload"),
    _yes_no(
        "diagnosis.endocrinopathy",
        "Endocrinopathy",
        "Counts only with an axis other than isolated diabetes or isolated thyroid disease.",
    ),
    _yes_no("diagnosis.skin_changes", "Skin changes"),
    _yes_no("diagnosis.papilledema", "Papilledema"),
    _yes_no("diagnosis.thrombocytosis_or_polycythemia", "Thrombocytosis or polycythemia"),
    FactDefinition(
        "extent.bone_lesion_count",
        "integer",
        "Plasma-cell bone lesions",
        minimum=0,
        maximum=500,
        hint="Empty is not 0: choose none found. After radiation: as counted before it.",
    ),
    _yes_no(
        "extent.whole_body_imaging",
        "Whole skeleton imaged",
        "CT, PET-CT or MRI, at most 90 days old when the extent was assessed.",
    ),
    _yes_no("extent.diffuse_bone_lesions", "Diffuse bone lesions"),
    _yes_no(
        "extent.clonal_marrow_plasma_cells", "Clonal plasma cells in the marrow", "By iliac crest biopsy."
    ),
    FactDefinition(
        "neuropathy.severity",
        "choice",
        "Severity of the neuropathy now",
        ("none", "mild", "moderate", "severe"),
    ),
    _yes_no(
        "fitness.transplant_eligible", "Eligible for transplantation", "The transplant team's judgement."
    ),
    _yes_no("fitness.stem_cells_collected", "Stem cells collected"),
    _prior("lenalidomide_dex", "lenalidomide and dexamethasone"),
    _prior("melphalan_dex", "melphalan and dexamethasone"),
    _prior("bortezomib_mono", "bortezomib alone"),
    _prior("bortezomib_combination", "a bortezomib combination"),
    _prior("thalidomide_based", "a thalidomide-based regimen"),
    _prior("asct", "autologous stem cell transplantation"),
    _yes_no("fitness.prior_thrombosis", "Earlier thrombosis", "Arterial or venous."),
    _yes_no("fitness.on_thromboprophylaxis", "On thromboprophylaxis", "Antiplatelet drug or anticoagulant."),
    _yes_no("fitness.on_anticoagulation", "On an anticoagulant"),
    FactDefinition("labs.hemoglobin_g_dl", "number", "Hemoglobin", minimum=1, maximum=25, unit="g/dL"),
    FactDefinition("labs.platelets_10e9_l", "number", "Platelets", minimum=0, maximum=5000, unit="10*9/L"),
    FactDefinition(
        "labs.egfr_ml_min_173m2",
        "number",
        "Estimated glomerular filtration rate",
        minimum=0,
        maximum=200,
        unit="mL/min/{1.73_m2}",
    ),
    _yes_no("cardiopulmonary.pulmonary_hypertension", "Pulmonary hypertension"),
    _yes_no("cardiopulmonary.pleural_effusion", "Pleural effusion"),
    _yes_no("workup.thyroid_tested", "Thyroid axis tested", "Within the last 12 months."),
    _yes_no("workup.adrenal_tested", "Adrenal axis tested", "Within the last 12 months."),
    _yes_no("workup.gonadal_tested", "Gonadal axis tested", "Within the last 12 months."),
    _yes_no("workup.pulmonary_function_tested", "Lung function tested", "Within the last 12 months."),
    _yes_no("workup.echocardiography_done", "Echocardiography done", "Within the last 12 months."),
    _yes_no("workup.thyroid_abnormal", "Thyroid axis abnormal"),
    _yes_no("workup.adrenal_abnormal", "Adrenal axis abnormal"),
    _yes_no("workup.gonadal_abnormal", "Gonadal axis abnormal"),
    FactDefinition(
        "radiation.months_since_last_fraction",
        "number",
        "Months since the last fraction",
        minimum=0,
        maximum=600,
        unit="mo",
        only_with_line="after_radiation",
    ),
    _yes_no("radiation.stabilized", "Stabilized after radiation", only_with_line="after_radiation"),
    _yes_no(
        "radiation.new_lesions",
        "A lesion that was not there before radiation",
        only_with_line="after_radiation",
    ),
    _yes_no("induction.completed", "Induction before transplantation completed"),
)

FACT: dict[str, FactDefinition] = {fact.path: fact for fact in FACTS}
