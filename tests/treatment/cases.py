"""Cases of several kinds, as plain data: published courses told in our own words, and edges."""

from typing import Any

# A woman of 49: severe neuropathy, several sclerotic lesions, clonal marrow, fit for transplantation.
DISSEMINATED: dict[str, Any] = {
    "line": "first",
    "patient": {"age_years": 49, "sex": "female", "pregnancy": "no"},
    "diagnosis": {
        "polyneuropathy": True,
        "monoclonal_plasma_cell_disorder": True,
        "sclerotic_bone_lesions": True,
        "endocrinopathy": True,
    },
    "extent": {"clonal_marrow_plasma_cells": True},
    "neuropathy": {"severity": "severe"},
    "fitness": {"transplant_eligible": True},
    "workup": {"gonadal_tested": True, "gonadal_abnormal": True, "thyroid_tested": True},
}

# A man of 52 with one lesion, a clear marrow and the whole skeleton imaged.
LOCALIZED: dict[str, Any] = {
    "line": "first",
    "patient": {"age_years": 52, "sex": "male"},
    "diagnosis": {
        "polyneuropathy": True,
        "monoclonal_plasma_cell_disorder": True,
        "sclerotic_bone_lesions": True,
        "skin_changes": True,
    },
    "extent": {
        "bone_lesion_count": 1,
        "whole_body_imaging": True,
        "diffuse_bone_lesions": False,
        "clonal_marrow_plasma_cells": False,
    },
    "neuropathy": {"severity": "moderate"},
    "labs": {"hemoglobin_g_dl": 12.5, "platelets_10e9_l": 480},
}

# A woman of 34 with diffuse lesions, in whom pregnancy is not excluded.
POSSIBLY_PREGNANT: dict[str, Any] = {
    "line": "first",
    "patient": {"age_years": 34, "sex": "female", "pregnancy": "possible"},
    "diagnosis": {
        "polyneuropathy": True,
        "monoclonal_plasma_cell_disorder": True,
        "vegf_elevated": True,
        "papilledema": True,
    },
    "extent": {"diffuse_bone_lesions": True},
    "neuropathy": {"severity": "mild"},
    "fitness": {"transplant_eligible": True},
}

# A man of 61 four months after radiation; nobody has said whether it helped.
AFTER_RADIATION: dict[str, Any] = {
    "line": "after_radiation",
    "patient": {"age_years": 61, "sex": "male"},
    "diagnosis": {
        "polyneuropathy": True,
        "monoclonal_plasma_cell_disorder": True,
        "sclerotic_bone_lesions": True,
        "organomegaly": True,
    },
    "extent": {"bone_lesion_count": 2, "whole_body_imaging": True, "clonal_marrow_plasma_cells": False},
    "radiation": {"months_since_last_fraction": 4},
}

# A man of 66 whose disease came back after lenalidomide.
RELAPSE: dict[str, Any] = {
    "line": "relapse",
    "patient": {"age_years": 66, "sex": "male"},
    "diagnosis": {
        "polyneuropathy": True,
        "monoclonal_plasma_cell_disorder": True,
        "castleman_disease": True,
        "extravascular_volume_overload": True,
    },
    "extent": {"bone_lesion_count": 0, "whole_body_imaging": True},
    "neuropathy": {"severity": "moderate"},
    "prior": {"lenalidomide_dex": "refractory", "melphalan_dex": "none", "bortezomib_mono": "none"},
    "fitness": {"transplant_eligible": False, "prior_thrombosis": True, "on_anticoagulation": True},
    "labs": {"egfr_ml_min_173m2": 28},
}

# Neither set of criteria can be met: no clone, no neuropathy.
NOT_ESTABLISHED: dict[str, Any] = {
    "line": "first",
    "patient": {"age_years": 40, "sex": "male"},
    "diagnosis": {"polyneuropathy": False, "monoclonal_plasma_cell_disorder": False},
}

CASES = {
    "disseminated": DISSEMINATED,
    "localized": LOCALIZED,
    "possibly pregnant": POSSIBLY_PREGNANT,
    "after radiation": AFTER_RADIATION,
    "relapse": RELAPSE,
    "not established": NOT_ESTABLISHED,
}
