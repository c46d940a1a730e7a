"""The steps of the planning wizard as data: what each asks, and when a part of it does not matter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

# Known facts by path; a fact that is not in it is not known.
Facts = Mapping[str, object]
Page = Literal["questions", "options", "sequence", "supportive", "follow_up", "sign"]

LATER_LINES = ("switch", "relapse")


def _always(facts: Facts) -> bool:
    return True


def _after_radiation(facts: Facts) -> bool:
    return facts.get("line") == "after_radiation"


def _later_line(facts: Facts) -> bool:
    return facts.get("line") in LATER_LINES


def _may_be_pregnant(facts: Facts) -> bool:
    return facts.get("patient.sex") != "male"


@dataclass(frozen=True)
class Section:
    """Questions that belong together. ``skipped`` says why they are not asked when they do not matter."""

    key: str
    title: str
    questions: tuple[str, ...]
    matters: Callable[[Facts], bool] = _always
    skipped: str = ""


@dataclass(frozen=True)
class Step:
    """One page of the wizard. ``page`` names what is on it; only pages of questions have sections."""

    key: str
    title: str
    lead: str
    page: Page
    sections: tuple[Section, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question the step may ask, whether it matters or not."""
        return tuple(question for section in self.sections for question in section.questions)

    def asked(self, facts: Facts) -> tuple[str, ...]:
        """The questions that matter, given what is known."""
        return tuple(
            question for section in self.sections if section.matters(facts) for question in section.questions
        )


def _paths(group: str, names: str) -> tuple[str, ...]:
    return tuple(f"{group}.{name}" for name in names.split())


STEPS: tuple[Step, ...] = (
    Step(
        "course",
        "Position in the course",
        "Everything that follows depends on it, so nothing is chosen for you.",
        "questions",
        (Section("line", "", ("line",)),),
    ),
    Step(
        "disease",
        "Diagnosis and extent",
        "A criterion counts if it was ever documented in this disease; the extent is the latest one.",
        "questions",
        (
            Section(
                "mandatory",
                "Mandatory criteria",
                _paths("diagnosis", "polyneuropathy monoclonal_plasma_cell_disorder"),
            ),
            Section(
                "major",
                "Other major criteria",
                _paths("diagnosis", "castleman_disease sclerotic_bone_lesions vegf_elevated"),
            ),
            Section(
                "minor",
                "Minor criteria",
                _paths(
                    "diagnosis",
                    "organomegaly extravascular_volume_overload endocrinopathy skin_changes papilledema "
                    "thrombocytosis_or_polycythemia",
                ),
            ),
            Section("judgement", "Your judgement", ("diagnosis.treat_as_poems",)),
            Section(
                "extent",
                "Extent",
                _paths(
                    "extent",
                    "bone_lesion_count whole_body_imaging diffuse_bone_lesions clonal_marrow_plasma_cells",
                ),
            ),
            Section(
                "radiation",
                "Since radiation",
                _paths("radiation", "months_since_last_fraction stabilized new_lesions"),
                _after_radiation,
                "Not asked: it matters only where radiation is the only treatment so far.",
            ),
            Section(
                "prior",
                "Earlier systemic treatment",
                _paths(
                    "prior",
                    "lenalidomide_dex melphalan_dex bortezomib_mono bortezomib_combination "
                    "thalidomide_based asct",
                ),
                _later_line,
                "Not asked: no systemic treatment was given before this position in the course.",
            ),
        ),
    ),
    Step(
        "fitness",
        "Fitness, nerve and blood",
        "What the patient can bear, and what a drug could harm.",
        "questions",
        (
            Section("nerve", "Nerve", ("neuropathy.severity",)),
            Section(
                "pregnancy",
                "Pregnancy",
                ("patient.pregnancy",),
                _may_be_pregnant,
                "Not asked: sex for clinical use is male.",
            ),
            Section(
                "transplant",
                "Transplantation",
                (
                    "fitness.transplant_eligible",
                    "fitness.stem_cells_collected",
                    "induction.completed",
                ),
            ),
            Section(
                "thrombosis",
                "Thrombosis",
                _paths("fitness", "prior_thrombosis on_thromboprophylaxis on_anticoagulation"),
            ),
            Section("blood", "Blood", _paths("labs", "hemoglobin_g_dl platelets_10e9_l egfr_ml_min_173m2")),
            Section(
                "heart_and_lung",
                "Heart and lung",
                (
                    *_paths("cardiopulmonary", "pulmonary_hypertension pleural_effusion"),
                    *_paths("workup", "pulmonary_function_tested echocardiography_done"),
                ),
            ),
            Section(
                "endocrine",
                "Endocrine axes",
                _paths(
                    "workup",
                    "thyroid_tested thyroid_abnormal adrenal_tested adrenal_abnormal "
                    "gonadal_tested gonadal_abnormal",
                ),
            ),
        ),
    ),
    Step(
        "options",
        "Options",
        "Every option stays on the page with its reasons. You may choose any of them.",
        "options",
    ),
    Step(
        "treatments",
        "Planned treatments",
        "What follows on what, from when and in which dose: as you order it. Nothing is calculated for you.",
        "sequence",
    ),
    Step(
        "supportive",
        "Supportive care",
        "Proposed from what is known. Accept or decline each; what you leave open is named when you sign.",
        "supportive",
    ),
    Step(
        "follow-up",
        "Follow-up dates",
        "Proposed from the guideline's schedule; change or leave out what does not fit.",
        "follow_up",
    ),
    Step("sign", "Review and sign", "What you sign is kept as it stands here.", "sign"),
)

STEP: Mapping[str, Step] = {step.key: step for step in STEPS}

# Facts the record's identity answers: the wizard never asks them.
FROM_IDENTITY = ("patient.age_years", "patient.sex")


def step_asking(question: str) -> Step:
    """The step on which ``question`` is asked. Raises KeyError if none does."""
    for step in STEPS:
        if question in step.questions:
            return step
    raise KeyError(question)


def matters(question: str, facts: Facts) -> bool:
    """Whether the wizard asks ``question``, given what is known."""
    return question in step_asking(question).asked(facts)
