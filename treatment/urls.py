from django.urls import path

from treatment.views import (
    amending,
    comparing,
    documents,
    drafts,
    exceptions,
    free_plans,
    live,
    plans,
    signing,
    what_if,
    withdrawing,
    wizard,
)

app_name = "treatment"

urlpatterns = [
    path("", plans.plan_list, name="plans"),
    path("start/", drafts.start, name="start"),
    path("signed/<uuid:plan_id>/", plans.plan, name="plan"),
    path("signed/<uuid:plan_id>/amend/", amending.amend, name="amend"),
    path("signed/<uuid:plan_id>/withdraw/", withdrawing.withdraw, name="withdraw"),
    path("signed/<uuid:plan_id>/changes/", comparing.changes, name="changes"),
    path("signed/<uuid:plan_id>/today/", comparing.today, name="today"),
    path("signed/<uuid:plan_id>/print/<slug:document_key>/", documents.document, name="document"),
    path("exceptions/<uuid:exception_id>/", exceptions.exception, name="exception"),
    path("drafts/<uuid:draft_id>/discard/", drafts.discard, name="discard"),
    path("drafts/<uuid:draft_id>/hand-over/", drafts.hand_over, name="hand_over"),
    path("drafts/<uuid:draft_id>/signature/", signing.sign, name="sign"),
    path("drafts/<uuid:draft_id>/so-far/", live.so_far, name="so_far"),
    path("drafts/<uuid:draft_id>/what-if/", what_if.what_if, name="what_if"),
    path("drafts/<uuid:draft_id>/<slug:step_key>/", wizard.step, name="step"),
    path("drafts/<uuid:draft_id>/<slug:step_key>/answer/", wizard.answer, name="answer"),
    path("free/write/", free_plans.write, name="write_plan"),
    path("free/<uuid:free_plan_id>/", free_plans.read, name="free_plan"),
    path("free/<uuid:free_plan_id>/next/", free_plans.write, name="rewrite_plan"),
    path("free/<uuid:free_plan_id>/print/<slug:paper>/", free_plans.document, name="print_free_plan"),
]
