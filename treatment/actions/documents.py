"""Keep the PDFs of a plan: made once, at signing, and given out as they were made."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from accounts.models import User
from guideline.edition import Edition
from patients.models import Patient
from treatment.documents.plan import plan_document, plan_pdf
from treatment.documents.sheet import sheet_document, sheet_pdf
from treatment.models import Document, DocumentKind, Paper, Plan

# Every document of a plan, as it is named in its address.
KINDS: dict[str, tuple[DocumentKind, Paper]] = {
    f"{kind}-{paper}": (kind, paper) for kind in DocumentKind for paper in Paper
}


def keep_documents(*, plan: Plan, patient: Patient, edition: Edition, by: User, now: datetime) -> None:
    """Make and store every document of the plan; one that is there already stays as it is."""
    there = set(plan.documents.values_list("kind", "paper"))
    made = [
        _document(plan, kind, paper, _content(plan, patient, kind, paper, edition))
        for kind, paper in KINDS.values()
        if (kind, paper) not in there
    ]
    _keep(made, patient, by=by, now=now)


def document_of(
    *,
    plan: Plan,
    patient: Patient,
    kind: DocumentKind,
    paper: Paper,
    edition: Edition,
    by: User,
    now: datetime,
) -> Document:
    """The stored document; for a plan older than documents of this kind it is made and stored.

    ``edition`` lends its plain words to the sheet of a plan that was signed before sheets were frozen.
    """
    kept = plan.documents.filter(kind=kind, paper=paper)
    found = kept.first()
    if found is None:
        keep_documents(plan=plan, patient=patient, edition=edition, by=by, now=now)
        found = kept.get()
    return found


def _content(plan: Plan, patient: Patient, kind: DocumentKind, paper: Paper, edition: Edition) -> bytes:
    if kind == DocumentKind.SHEET:
        return sheet_pdf(sheet_document(plan, patient, edition), paper)
    return plan_pdf(plan_document(plan, patient), paper)


def _document(plan: Plan, kind: DocumentKind, paper: Paper, content: bytes) -> Document:
    return Document(plan=plan, kind=kind, paper=paper, content=content, sha256=sha256(content).hexdigest())


def _keep(made: Sequence[Document], patient: Patient, *, by: User, now: datetime) -> None:
    for document in made:
        document.patient = patient
        document.hospital_id = patient.hospital_id
        document.recorded_by = by
        document.recorded_at = now
    # Two people may ask at once; the first one's document is kept.
    Document.objects.bulk_create(made, ignore_conflicts=True)
