"""The words of the reading as a person reads them: labels only, what they mean is the guideline's."""

from types import MappingProxyType

from guideline.course import radiation, verdicts

AXES = MappingProxyType({"vegf": "VEGF", "clone": "Clone", "pet": "FDG-PET", "neuro": "Nerve"})
WORDS = MappingProxyType(
    {
        verdicts.COMPLETE: "Complete response",
        verdicts.COMPLETE_UNCONFIRMED: "Complete response, marrow not examined",
        verdicts.VERY_GOOD_PARTIAL: "Very good partial response",
        verdicts.PARTIAL: "Partial response",
        verdicts.NONE: "No response",
        verdicts.PROGRESSION: "Progression",
        verdicts.TOO_EARLY: "Too early to judge",
        verdicts.MAY_STILL_MATURE: "May still mature",
        verdicts.NOT_DONE: "Not done since treatment started",
        verdicts.NOT_EVALUABLE: "Not evaluable",
        verdicts.IMPROVING: "Improving",
        verdicts.WORSENING: "Worsening",
        verdicts.MIXED: "Mixed: some better, some worse",
        verdicts.NOT_MEASURED: "Not measured in this phase",
        verdicts.STABLE_AT_MAXIMUM: "Stable while the best is expected",
        verdicts.NO_IMPROVEMENT: "No improvement",
    }
)
_RESPONSES = (verdicts.COMPLETE, verdicts.PARTIAL, verdicts.NONE, verdicts.PROGRESSION)
_OPEN = (verdicts.TOO_EARLY, verdicts.NOT_EVALUABLE)
# What a clinician may say of an axis.
SAYABLE = MappingProxyType(
    {
        "vegf": (verdicts.COMPLETE, verdicts.PARTIAL, verdicts.NONE, *_OPEN),
        "clone": (
            *_RESPONSES[:1],
            verdicts.COMPLETE_UNCONFIRMED,
            verdicts.VERY_GOOD_PARTIAL,
            *_RESPONSES[1:],
            *_OPEN,
        ),
        "pet": (*_RESPONSES, verdicts.MAY_STILL_MATURE, *_OPEN),
        "neuro": (
            verdicts.IMPROVING,
            verdicts.STABLE_AT_MAXIMUM,
            verdicts.WORSENING,
            verdicts.MIXED,
            verdicts.NO_IMPROVEMENT,
            *_OPEN,
        ),
    }
)
RADIATION_WORDS = MappingProxyType(
    {
        radiation.NOT_FINISHED: ("Radiation not finished", "not-judged"),
        radiation.END_MISSING: ("Last fraction not recorded", "warning"),
        radiation.RT_TOO_EARLY: ("Too early to ask", "info"),
        radiation.WORSE_EARLY: ("Worse early", "warning"),
        radiation.RT_STABLE: ("Stabilized", "suitable"),
        radiation.SYSTEMIC_INDICATED: ("Not stabilized", "critical"),
        radiation.QUESTION_OPEN: ("Has it stabilized? Not answered", "warning"),
        radiation.RT_OVERDUE: ("Has it stabilized? Overdue", "critical"),
    }
)
