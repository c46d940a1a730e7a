"""What a second clinician is asked about an absolute contraindication, and the answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounts.middleware import MemberRequest
from accounts.proof import prove
from accounts.queries import require_membership
from approval.standing import edition_at, status_words
from guideline.decide import decide
from guideline.decision import Decision
from guideline.edition import Edition, load_edition
from patients.loader import load_patient, load_patient_in_care
from patients.models import Patient
from patients.presenters import identity_strip
from treatment.actions import exceptions
from treatment.actions.drafts import DraftClosedError
from treatment.actions.exceptions import AnsweredError, MootError, OwnQuestionError
from treatment.choice import QUESTION, Chosen
from treatment.facts import case_of
from treatment.forms.exceptions import ExceptionForm
from treatment.models import AbsoluteException, ExceptionAnswer
from treatment.presenters.choice import exception_shown
from treatment.presenters.decision import decision_shown
from treatment.presenters.review import facts_shown
from treatment.queries import DraftContents, contents_of, questions_for

NOT_PROVED = "That is neither your password nor a current code. Nothing was answered, and nothing is lost."
MOOT = "The facts or the choice changed since this was asked; there is nothing to answer any more."
OWN = "You asked this yourself; another clinician of your hospital has to answer it."
ANSWERED = "Somebody answered this meanwhile; nothing was changed."


@require_GET
def waiting(request: MemberRequest) -> HttpResponse:
    """What waits for the member as the second clinician, oldest first."""
    found = questions_for(require_membership(request))
    context = {"waiting": [(question.patient, exception_shown(question)) for question in found]}
    return render(request, "treatment/confirmations.html", context)


@sensitive_post_parameters("secret", "passkey")
@require_http_methods(["GET", "POST"])
def exception(request: MemberRequest, patient_id: UUID, exception_id: UUID) -> HttpResponse:
    """Show the question with what it rests on; confirm or decline it."""
    load = load_patient_in_care if request.method == "POST" else load_patient
    patient = load(request, patient_id)
    asked = get_object_or_404(
        AbsoluteException.objects.visible_to(require_membership(request))
        .of(patient)
        .select_related("draft", "recorded_by", "answered_by"),
        pk=exception_id,
    )
    if request.method == "GET":
        return _page(request, patient, asked, ExceptionForm())
    form = ExceptionForm(request.POST)
    if not form.is_valid() or not prove(request, form, NOT_PROVED, now=timezone.now()):
        return _page(request, patient, asked, form, status=422)
    return _answer(request, patient, asked, form)


def _answer(
    request: MemberRequest, patient: Patient, asked: AbsoluteException, form: ExceptionForm
) -> HttpResponse:
    contents = contents_of(asked.draft, patient, load_edition(), on=timezone.localdate())
    trouble = ""
    try:
        exceptions.answer(
            exception=asked,
            patient=patient,
            standing=_standing(contents),
            said=ExceptionAnswer(form.cleaned_data["answer"]),
            text=form.cleaned_data["text"],
            by=require_membership(request),
            now=timezone.now(),
        )
    except OwnQuestionError:
        trouble = OWN
    except AnsweredError:
        trouble = ANSWERED
    except (MootError, DraftClosedError):
        trouble = MOOT
    if trouble:
        messages.warning(request, trouble)
    else:
        messages.success(request, "Your answer is written down. Your colleague sees it in the draft.")
    return redirect("treatment:exception", patient.pk, asked.pk)


def _page(
    request: MemberRequest,
    patient: Patient,
    asked: AbsoluteException,
    form: ExceptionForm,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    member = require_membership(request)
    edition = edition_at(member.hospital_id)
    contents = contents_of(asked.draft, patient, edition, on=today)
    moot = not asked.draft.is_open or _standing(contents) != (asked.facts_sha256, asked.choice_version)
    own = asked.recorded_by_id == member.user_id
    context: dict[str, Any] = {
        "patient": patient,
        "identity": identity_strip(patient, on=today),
        "exception": exception_shown(asked, _name(contents)),
        "edition": edition,
        "content_status": status_words(edition),
        "moot": moot and not asked.answer,
        "own": own,
        "draft": asked.draft,
        "may_answer": not (moot or own or asked.answer),
        "decision": decision_shown(_decision(contents, edition), edition) if not moot else None,
        "fact_groups": facts_shown(contents) if not moot else [],
        "form": form,
    }
    return render(request, "treatment/exception.html", context, status=status)


def _decision(contents: DraftContents, edition: Edition) -> Decision:
    return decide(case_of(contents.facts), edition)


def _standing(contents: DraftContents) -> tuple[str, int]:
    """The fingerprint of the facts and the version of the choice, as they are now."""
    fingerprint = _decision(contents, load_edition()).facts_sha256 if "line" in contents.facts else ""
    return fingerprint, contents.version_of(QUESTION)


def _name(contents: DraftContents) -> str:
    chosen = Chosen.from_plain(contents.value_of(QUESTION))
    return chosen.name if chosen else ""
