"""What if some facts were others? Decided again on the page, and kept nowhere."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.middleware import MemberRequest
from guideline.decide import decide
from guideline.errors import InputError
from guideline.fact_table import FACT
from treatment.facts import case_of
from treatment.forms.answers import AnswersForm
from treatment.presenters.decision import decision_shown
from treatment.presenters.options import option_groups
from treatment.presenters.what_if import changed_facts, comparison, field_groups, is_changed
from treatment.views.desk import Desk, desk_of
from treatment.views.drafts import of_open_draft
from treatment.views.wizard import lead_back
from treatment.wizard.steps import FROM_IDENTITY, matters
from treatment.words import refusal_in_words

OPTIONS_STEP = "options"


@require_http_methods(["GET", "POST"])
@of_open_draft
def what_if(request: MemberRequest, patient_id: UUID, draft_id: UUID) -> HttpResponse:
    """The draft's facts as a form; posted, what they would lead to. Nothing that is posted is stored.

    By POST because values of a patient do not belong into an address.
    """
    desk = desk_of(request, patient_id, draft_id, OPTIONS_STEP)
    if desk.navigator.allowed is not desk.step:
        return lead_back(request, desk)
    context = tried(desk, request.POST) if request.method == "POST" else untouched(desk)
    template = (
        "treatment/what_if_result.html" if request.headers.get("HX-Request") else "treatment/what_if.html"
    )
    status = 422 if context.get("refused") else 200
    return render(request, template, desk.frame() | context, status=status)


def untouched(desk: Desk) -> dict[str, Any]:
    facts = desk.contents.facts
    return {"field_groups": field_groups(facts, facts, {}, {})}


def tried(desk: Desk, data: QueryDict) -> dict[str, Any]:
    """The page for what was posted: the comparison, or in sentences why there is none."""
    facts = desk.contents.facts
    form = AnswersForm(FACT, data)
    form.is_valid()
    values = {path: given.value for path, given in form.given.items() if given and given.value is not None}
    errors = form.sentences
    groups = field_groups(facts, values, {name: str(data[name]) for name in data}, errors)
    refused = [{"label": FACT[path].label, "sentence": sentence} for path, sentence in errors.items()]
    context: dict[str, Any] = {"field_groups": groups, "changed": changed_facts(facts, values)}
    if not refused:
        try:
            return context | compared(desk, values)
        except InputError as error:
            refused = [{"label": "", "sentence": refusal_in_words(error)}]
    return context | {"refused": refused}


def compared(desk: Desk, values: Mapping[str, object]) -> dict[str, Any]:
    """The decision on the tried values beside the draft's own. Raises InputError if they contradict."""
    decision = decide(case_of(tried_facts(desk.contents.facts, values)), desk.edition)
    shown = decision_shown(decision, desk.edition)
    facts = changed_facts(desk.contents.facts, values)
    return {
        "comparison": comparison(facts, (desk.decision, decision), (desk.shown, shown)),
        "decision": shown,
        "groups": option_groups(shown.options),
    }


def tried_facts(facts: Mapping[str, object], values: Mapping[str, object]) -> dict[str, object]:
    """The values without those of the draft that no longer matter, as the wizard would leave them out.

    What was changed on the page stays, so that the guideline refuses it where it cannot be.
    """
    return {
        path: value
        for path, value in values.items()
        if path in FROM_IDENTITY or is_changed(path, facts, values) or matters(path, values)
    }
