"""What may be known of a patient: frozen dataclasses in which ``None`` means not known.

The fields mirror ``fact_table.FACTS``; a test holds the two equal.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from guideline.errors import InputError
from guideline.fact_table import FACT
from guideline.logic import Truth

Record = TypeVar("Record")
Number = Decimal | int
FactValue = bool | int | Decimal | str | None
Line = Literal["first", "after_radiation", "switch", "relapse"]
Severity = Literal["none", "mild", "moderate", "severe"]
PriorOutcome = Literal["none", "responded", "refractory", "stopped_toxicity", "stopped_other"]


@dataclass(frozen=True)
class Patient:
    age_years: int | None = None
    sex: Literal["female", "male"] | None = None
    pregnancy: Literal["no", "yes", "possible"] | None = None


@dataclass(frozen=True)
class Diagnosis:
    """Whether each finding was ever documented in this disease."""

    treat_as_poems: Truth = None
    polyneuropathy: Truth = None
    monoclonal_plasma_cell_disorder: Truth = None
    castleman_disease: Truth = None
    sclerotic_bone_lesions: Truth = None
    vegf_elevated: Truth = None
    organomegaly: Truth = None
    extravascular_volume_overload: Truth = None
    endocrinopathy: Truth = None
    skin_changes: Truth = None
    papilledema: Truth = None
    thrombocytosis_or_polycythemia: Truth = None


@dataclass(frozen=True)
class Extent:
    """The latest assessment, not older than the last progression."""

    bone_lesion_count: int | None = None
    whole_body_imaging: Truth = None
    diffuse_bone_lesions: Truth = None
    clonal_marrow_plasma_cells: Truth = None


@dataclass(frozen=True)
class Neuropathy:
    severity: Severity | None = None


@dataclass(frozen=True)
class Fitness:
    transplant_eligible: Truth = None
    stem_cells_collected: Truth = None
    prior_thrombosis: Truth = None
    on_thromboprophylaxis: Truth = None
    on_anticoagulation: Truth = None


@dataclass(frozen=True)
class Prior:
    """How each systemic option ended when it was given before."""

    lenalidomide_dex: PriorOutcome | None = None
    melphalan_dex: PriorOutcome | None = None
    bortezomib_mono: PriorOutcome | None = None
    bortezomib_combination: PriorOutcome | None = None
    thalidomide_based: PriorOutcome | None = None
    asct: PriorOutcome | None = None


@dataclass(frozen=True)
class Labs:
    hemoglobin_g_dl: Number | None = None
    platelets_10e9_l: Number | None = None
    egfr_ml_min_173m2: Number | None = None


@dataclass(frozen=True)
class Cardiopulmonary:
    pulmonary_hypertension: Truth = None
    pleural_effusion: Truth = None


@dataclass(frozen=True)
class Workup:
    """Tests of the last 12 months and what they showed."""

    thyroid_tested: Truth = None
    adrenal_tested: Truth = None
    gonadal_tested: Truth = None
    pulmonary_function_tested: Truth = None
    echocardiography_done: Truth = None
    thyroid_abnormal: Truth = None
    adrenal_abnormal: Truth = None
    gonadal_abnormal: Truth = None


@dataclass(frozen=True)
class Radiation:
    months_since_last_fraction: Number | None = None
    stabilized: Truth = None
    new_lesions: Truth = None


@dataclass(frozen=True)
class Induction:
    completed: Truth = None


@dataclass(frozen=True)
class Case:
    """Everything a decision reads of one patient. Only ``line`` must be known."""

    line: Line
    patient: Patient = Patient()
    diagnosis: Diagnosis = Diagnosis()
    extent: Extent = Extent()
    neuropathy: Neuropathy = Neuropathy()
    fitness: Fitness = Fitness()
    prior: Prior = Prior()
    labs: Labs = Labs()
    cardiopulmonary: Cardiopulmonary = Cardiopulmonary()
    workup: Workup = Workup()
    radiation: Radiation = Radiation()
    induction: Induction = Induction()

    def value(self, path: str) -> FactValue:
        """The value of the fact at ``path`` (``extent.bone_lesion_count``), ``None`` for unknown."""
        value: FactValue = FACT[path].read(self)
        return value

    def having(self, path: str, value: FactValue) -> "Case":
        """This case with one fact replaced; the caller answers for the value."""
        group, _, name = path.rpartition(".")
        return _replaced(self, group, _replaced(getattr(self, group), name, value))

    def contradiction(self) -> InputError | None:
        """Why these facts cannot all be true of one patient, or ``None``."""
        return (
            _pregnant_man(self)
            or _anticoagulated_without_prophylaxis(self)
            or _treated_before_the_first_line(self)
            or _radiation_answers_elsewhere(self)
        )


def _replaced(record: Record, name: str, value: object) -> Record:
    """``dataclasses.replace`` for one field, many times as fast: missing facts try dozens of cases."""
    other = object.__new__(type(record))
    vars(other).update(vars(record))
    vars(other)[name] = value
    return other


def _pregnant_man(case: Case) -> InputError | None:
    if case.patient.sex == "male" and case.patient.pregnancy in ("yes", "possible"):
        return InputError(
            "patient.pregnancy",
            f'"{case.patient.pregnancy}"',
            'with patient.sex "male" only "no" or null is allowed',
        )
    return None


def _anticoagulated_without_prophylaxis(case: Case) -> InputError | None:
    if case.fitness.on_anticoagulation is True and case.fitness.on_thromboprophylaxis is False:
        return InputError(
            "fitness.on_anticoagulation",
            "true",
            "an anticoagulant is thromboprophylaxis, so with fitness.on_thromboprophylaxis false "
            "only false or null is allowed",
        )
    return None


def _treated_before_the_first_line(case: Case) -> InputError | None:
    if case.line in ("switch", "relapse"):
        return None
    for option in Prior.__dataclass_fields__:
        outcome = getattr(case.prior, option)
        if outcome not in (None, "none"):
            return InputError(
                f"prior.{option}",
                f'"{outcome}"',
                f'no systemic therapy was given before line "{case.line}", so only "none" or null is allowed',
            )
    return None


def _radiation_answers_elsewhere(case: Case) -> InputError | None:
    if case.line == "after_radiation":
        return None
    for name in Radiation.__dataclass_fields__:
        value = getattr(case.radiation, name)
        if value is not None:
            return InputError(
                f"radiation.{name}",
                str(value).lower(),
                f'it is allowed only with line "after_radiation", not with "{case.line}"',
            )
    return None
