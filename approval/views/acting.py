"""A reviewer's word on a version, and the hospital's."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.middleware import MemberRequest
from accounts.queries import require_membership
from approval.actions import adoptions, steps
from approval.actions.steps import StepRefusedError
from approval.contents import Content
from approval.forms import AdoptionForm, StepForm, WordForm
from approval.models import StepKind, Version
from approval.queries import last_adoption
from approval.views.reading import content_of, page
from guideline.edition import load_edition

DONE = {
    StepKind.SUBMITTED: "Submitted. Another reviewer can approve it now.",
    StepKind.APPROVED: "Approved. It counts in each hospital whose admin adopts it.",
    StepKind.RETIRED: "Retired. It counts as approved nowhere any more.",
    StepKind.REMARKED: "The remark is kept with the version.",
    "adopt": "Adopted. From now on the content counts as approved in your hospital.",
    "end": "Ended. In your hospital the content counts as under review again.",
}
NEVER_SUBMITTED = "This content was never submitted, so nothing can be said of it yet."


@require_POST
def step(request: MemberRequest, version_key: str) -> HttpResponse:
    """Submit, approve, retire or remark; the page says what happened or why nothing did."""
    content = content_of(version_key)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _again(request, content, form)
    try:
        version = _take(request, content, form.cleaned_data)
    except StepRefusedError as refused:
        content = content_of(version_key)
        return _again(request, content, _told(form, refused, seen=len(content.steps)))
    messages.success(request, DONE[form.cleaned_data["kind"]])
    return redirect("approval:version", version.pk)


@require_POST
def adoption(request: MemberRequest, version_key: str) -> HttpResponse:
    """Adopt for the hospital, or end that."""
    content = content_of(version_key)
    form = AdoptionForm(request.POST)
    if not form.is_valid():
        return _again(request, content, form)
    given = {key: form.cleaned_data[key] for key in ("seen", "comment", "submission")}
    change = adoptions.adopt if form.cleaned_data["kind"] == "adopt" else adoptions.end
    try:
        change(version=_kept(content), by=require_membership(request), now=timezone.now(), **given)
    except StepRefusedError as refused:
        last = last_adoption(require_membership(request).hospital_id)
        return _again(request, content, _told(form, refused, seen=last.number if last else 0))
    messages.success(request, DONE[form.cleaned_data["kind"]])
    return redirect("approval:version", version_key)


def _take(request: MemberRequest, content: Content, cleaned: dict[str, Any]) -> Version:
    given = {key: cleaned[key] for key in ("seen", "comment", "submission")}
    given |= {"by": require_membership(request), "now": timezone.now()}
    kind, edition = cleaned["kind"], load_edition()
    if kind == StepKind.SUBMITTED:
        if not content.is_in_use:
            raise StepRefusedError(steps.NOT_IN_USE)
        return steps.submit(edition=edition, **given).version
    version = _kept(content)
    if kind == StepKind.APPROVED:
        steps.approve(version=version, edition=edition, **given)
    else:
        steps.take(StepKind(kind), version=version, **given)
    return version


def _kept(content: Content) -> Version:
    if content.version is None:
        raise StepRefusedError(NEVER_SUBMITTED)
    return content.version


def _told(form: WordForm, refused: StepRefusedError, *, seen: int) -> WordForm:
    """The form as it was filled in, with why nothing was done and the number the page shows now."""
    again = type(form)({**form.data.dict(), "seen": str(seen)})  # type: ignore[attr-defined] # a QueryDict
    again.add_error(None, refused.sentence)
    return again


def _again(request: MemberRequest, content: Content, form: WordForm) -> HttpResponse:
    context = page(content, require_membership(request), told=form) | {"form": form}
    return render(request, "approval/version.html", context, status=422)
