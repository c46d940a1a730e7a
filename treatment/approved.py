"""Whether a hospital lets plans be signed on the content as it stands."""

from accounts.models import Hospital
from approval.standing import status_words
from guideline.edition import Edition


def refusal(hospital: Hospital, edition: Edition) -> str:
    """Why nothing is signed on ``edition`` at the hospital, in a sentence; empty when it may be."""
    if not hospital.requires_approved_content or edition.status == "approved":
        return ""
    return (
        f"{hospital.name} signs no plan on guideline content that is not approved and adopted. Version "
        f"{edition.version} is {status_words(edition)}. The draft is kept and can be signed once it is both."
    )
