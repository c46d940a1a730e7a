"""The tumour board's list: put forward, discuss, decide."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.middleware import MemberRequest
from accounts.permissions import Permission
from accounts.queries import require_membership
from accounts.trail.kinds import AccessKind
from monitoring.board.actions import cases
from monitoring.board.forms import DecisionForm, QuestionForm
from monitoring.board.models import Case
from monitoring.board.presenters import DECISIONS, cases_shown
from monitoring.board.queries import open_cases, recently_decided
from patients.loader import load_patient_in_care, note_access
from patients.presenters import identity_strip


@require_GET
def board(request: MemberRequest) -> HttpResponse:
    """Every patient put forward, one block each, for the screen of the room and for paper."""
    me, today = require_membership(request), timezone.localdate()
    shown = cases_shown(open_cases(me, on=today), on=today)
    for one in shown:
        note_access(request, one.patient, AccessKind.VIEWED)
    context = {
        "cases": shown,
        "decided": recently_decided(me, on=today),
        "decisions": DECISIONS,
        "may_decide": me.may(Permission.PLAN_TREATMENT),
    }
    return render(request, "monitoring/board/list.html", context)


@require_http_methods(["GET", "POST"])
def put_forward(request: MemberRequest, patient_id: UUID) -> HttpResponse:
    """Ask the board a question about this patient."""
    patient = load_patient_in_care(request, patient_id)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = {"question": form.cleaned_data["question"], "submission": form.cleaned_data["submission"]}
        cases.put_forward(patient=patient, by=require_membership(request), now=timezone.now(), **asked)
        messages.success(request, "Put forward for the tumour board.")
        return redirect("board:list")
    strip = identity_strip(patient, on=timezone.localdate())
    context = {"patient": patient, "identity": strip, "form": form}
    return render(request, "monitoring/board/put_forward.html", context, status=422 if form.errors else 200)


@require_POST
def decide(request: MemberRequest, case_id: UUID) -> HttpResponse:
    """One click: no change, plan or more data, with a text if one was typed."""
    me = require_membership(request)
    case = Case.objects.visible_to(me).filter(pk=case_id).first()
    if case is None:
        raise Http404("No such case.")
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose no change, plan or more data; a text may have 1000 characters.")
        return redirect("board:list")
    said = {"decision": form.cleaned_data["decision"], "text": form.cleaned_data["text"]}
    try:
        cases.decide(case=case, by=me, now=timezone.now(), **said)
    except cases.AlreadyDecidedError as already:
        word = already.case.get_decision_display().lower()
        messages.warning(request, f"This was decided before as “{word}”; nothing was changed.")
    else:
        messages.success(request, "Decision recorded, and noted in the patient's record.")
    return redirect("board:list")
