"""The trail in plain words: for each address what looking at it is called, and what a form there does.

An address about a patient needs a line here (a test says which lacks one).
"""

from accounts.trail.kinds import AccessKind
from accounts.trail.models import AccessEvent

# What one did by opening the page; and, for a form, what was done once it was saved.
WORDS: dict[str, tuple[str, str]] = {
    # The hospital's people and settings
    "accounts:settings": ("looked at the hospital's settings", "changed the hospital's settings"),
    "accounts:user_list": ("looked at the list of colleagues", ""),
    "accounts:invite": ("opened the form for an invitation", "invited a colleague"),
    "accounts:revoke_invitation": ("looked at an invitation", "revoked an invitation"),
    "accounts:switch_hospital": ("looked at the choice of hospital", "went over to this hospital or another"),
    "people:person": ("looked at a colleague's roles", "changed a colleague's roles"),
    "people:hand_over": ("opened the form to hand over", "handed over what a colleague answers for"),
    "people:deactivate": ("opened the form to deactivate a colleague", "deactivated a colleague"),
    "people:reactivate": ("opened the form to reactivate a colleague", "reactivated a colleague"),
    "reminders:log": ("looked at the mails that were sent", ""),
    "reminders:settings": ("looked at the settings of reminders", "changed the settings of reminders"),
    "reminders:to_come": ("looked at the reminders to come", ""),
    "reminders:send_again": ("looked at a mail", "had a mail sent again"),
    "reminders:trust_again": ("looked at an address that bounced", "let mails go to an address again"),
    "reminders:status": ("looked at the state of reminders", ""),
    "reminders:pause": ("opened the form for a pause", "paused reminders or ended a pause"),
    "approval:list": ("looked at the versions of the guideline", ""),
    "approval:version": ("looked at a version of the guideline", ""),
    "approval:section": ("read in a version of the guideline", ""),
    "approval:changes": ("compared two versions of the guideline", ""),
    "approval:step": (
        "looked at a version of the guideline",
        "submitted, approved, retired or remarked on a version of the guideline",
    ),
    "approval:adoption": (
        "looked at a version of the guideline",
        "adopted a version of the guideline, or ended that",
    ),
    "accounts:changes": ("looked at what was changed in the hospital", ""),
    "accounts:resend_invitation": ("looked at an invitation", "sent an invitation again"),
    "accounts:answer_reset": (
        "looked at a wish to reset a second factor",
        "answered a wish to reset a factor",
    ),
    "people:ask_reset": ("opened the form to reset a second factor", "asked to reset a second factor"),
    "people:end_sessions": ("looked at a colleague's sessions", "ended a colleague's sessions"),
    "people:pause": ("opened the form for a colleague's leave", "entered a colleague's leave"),
    "emergency:list": ("looked at their emergency accesses", ""),
    "emergency:open": ("opened the form for an emergency access", "opened a record in an emergency"),
    "emergency:end": ("looked at an emergency access", "ended an emergency access"),
    "emergency:log": ("looked at the emergency accesses", ""),
    # Oneself
    "account_change_password": ("opened the form for a password", "changed their password"),
    "account_reauthenticate": ("was asked again who they are", "proved again who they are"),
    "mfa_reauthenticate": ("was asked for a second factor", "proved again who they are"),
    "mfa_reauthenticate_webauthn": ("was asked for a passkey", "proved again who they are"),
    "mfa_edit_webauthn": ("opened the form for a passkey", "renamed a passkey"),
    "me:end_session": ("looked at a session", "ended a session of their own"),
    "me:end_every_session": ("looked at their sessions", "ended all sessions of their own"),
    "me:lock": ("locked the screen", "locked the screen"),
    "me:unlock": ("was asked for a password at the lock", "unlocked the screen"),
    "me:throw_away": ("looked at a form that waits", "threw away a form that waited"),
    "log:page": ("looked at this log", ""),
    "log:export": ("exported this log", ""),
    # Lists of patients and of what is due
    "today": ("looked at what is due today", ""),
    "patients:list": ("looked at the list of patients", ""),
    "patients:register": ("opened the form to register a patient", "registered a patient"),
    "transfers:list": ("looked at the transfers", ""),
    "board:list": ("looked at the list of the tumour board", ""),
    "alerts:statistics": ("looked at the statistics of alerts", ""),
    "advice:changed": ("looked at the plans that would read otherwise today", ""),
    "drafts:list": ("looked at the drafts of plans", ""),
    "confirmations:list": ("looked at what waits for a second clinician", ""),
    "follow_ups:list": ("looked at the follow-ups of the hospital", ""),
    "follow_ups:calendar": ("looked at the calendar of follow-ups", ""),
    "follow_ups:answering": ("looked at who answers for follow-ups", ""),
    "follow_ups:hand_over": ("opened the form to hand over follow-ups", "handed over follow-ups"),
    "follow_ups:feed_settings": ("looked at the calendar feed", "changed the calendar feed"),
    "imports:list": ("looked at the imports", ""),
    "imports:new": ("opened the form for an import", "uploaded a file"),
    "imports:batch": ("looked at an import", ""),
    "imports:columns": ("looked at the columns of an import", "said what the columns of an import are"),
    "imports:names": ("looked at the names of an import", "said what the names of an import mean"),
    "imports:start": ("looked at an import", "started an import"),
    "imports:cancel": ("looked at an import", "stopped an import"),
    "imports:discard": ("looked at an import", "discarded an import"),
    "imports:refused": ("exported the refused rows of an import", ""),
    # The record
    "patients:overview": ("looked at the overview", ""),
    "patients:edit": (
        "opened the form for name, birth date and number",
        "changed name, birth or number",
    ),
    "patients:edit_contact": ("opened the form for address and telephone", "changed address or telephone"),
    "patients:team": ("looked at the care team", "changed the care team"),
    "patients:assign": ("opened the form for the care team", "put somebody on the care team"),
    "patients:end_assignment": ("opened the form to leave the care team", "ended a place on the care team"),
    "patients:assignment_error": ("opened the form for a wrong entry", "marked a place on the team as wrong"),
    "patients:events": ("looked at events and notes", ""),
    "patients:fitness": ("looked at fitness and comorbidities", ""),
    "patients:add_entry": ("opened the form for an entry", "added an entry"),
    "patients:edit_entry": ("opened the form to correct an entry", "corrected an entry"),
    "patients:entry_error": ("opened the form for a wrong entry", "marked an entry as wrong"),
    "patients:assessments": ("looked at diagnosis and extent", ""),
    "patients:assess_diagnosis": ("opened the form for the diagnosis", "assessed the diagnosis"),
    "patients:correct_diagnosis": ("opened the form for the diagnosis", "corrected the diagnosis"),
    "patients:diagnosis_error": ("opened the form for a wrong entry", "marked a diagnosis as wrong"),
    "patients:assess_extent": ("opened the form for the extent", "assessed the extent"),
    "patients:correct_extent": ("opened the form for the extent", "corrected the extent"),
    "patients:extent_error": ("opened the form for a wrong entry", "marked an extent as wrong"),
    "patients:treatments": ("looked at the treatments given", ""),
    "patients:add_treatment": ("opened the form for a treatment", "added a treatment"),
    "patients:edit_treatment": ("opened the form for a treatment", "corrected a treatment"),
    "patients:treatment_error": ("opened the form for a wrong entry", "marked a treatment as wrong"),
    "record_history:changes": ("looked at the changes of the record", ""),
    "record_history:looks": ("looked at who looked", ""),
    "record_history:row": ("looked at the history of an entry", ""),
    "record_history:restore": ("opened the form to take back a change", "took back a change"),
    # Whether the hospital cares for the patient
    "care:page": ("looked at care and transfer", ""),
    "care:death": ("opened the form for a death", "recorded a death"),
    "care:take_back_death": ("opened the form to take back a death", "took back a death"),
    "care:find_duplicate": ("looked for a second record of the patient", ""),
    "care:merge": ("looked at a merge of two records", "merged two records"),
    "care:undo_merge": ("looked at a merge of two records", "took back a merge"),
    "care:transfer": ("opened the form for a transfer", "offered the patient to another hospital"),
    "transfers:answer": ("looked at an offered patient", "took over a patient"),
    "transfers:reject": ("looked at an offered patient", "rejected a transfer"),
    "transfers:withdraw": ("looked at an offered patient", "withdrew a transfer"),
    # Results and course
    "results:list": ("looked at the results", ""),
    "results:new": ("opened the form for a result", "entered a result"),
    "results:detail": ("looked at one result", ""),
    "results:correct": ("opened the form to correct a result", "corrected a result"),
    "results:error": ("opened the form for a wrong result", "marked a result as wrong"),
    "results:take_back": ("opened the form to take back a mark", "took back that a result is wrong"),
    "results:move": ("opened the form to move a result", "moved a result to another record"),
    "results:visit": ("opened the form for a visit", "entered the results of a visit"),
    "results:pet": ("looked at the PET scans", ""),
    "results:new_pet": ("opened the form for a PET scan", "entered a PET scan"),
    "results:correct_pet": ("opened the form for a PET scan", "corrected a PET scan"),
    "results:pet_error": ("opened the form for a wrong scan", "marked a PET scan as wrong"),
    "results:take_back_pet": ("opened the form to take back a mark", "took back that a scan is wrong"),
    "results:move_pet": ("opened the form to move a scan", "moved a PET scan to another record"),
    "results:nerve": ("looked at the nerve assessments", ""),
    "results:new_nerve": ("opened the form for a nerve assessment", "entered a nerve assessment"),
    "results:correct_nerve": ("opened the form for a nerve assessment", "corrected a nerve assessment"),
    "results:nerve_error": ("opened the form for a wrong assessment", "marked a nerve assessment as wrong"),
    "results:take_back_nerve": (
        "opened the form to take back a mark",
        "took back a wrong mark",
    ),
    "results:move_nerve": ("opened the form to move an assessment", "moved an assessment to another record"),
    "course:timeline": ("opened the timeline", ""),
    "course:data": ("exported the data of the timeline", ""),
    "course:table": ("looked at the timeline as a table", ""),
    "course:reading": ("looked at what the course says", ""),
    "course:decide": ("opened the form for a response", "confirmed or changed a response"),
    "board:put_forward": ("opened the form for the tumour board", "put the patient on the board's list"),
    "board:decide": ("opened the form for the board's decision", "wrote the board's decision"),
    "alerts:patient": ("looked at the alerts", ""),
    "alerts:acknowledge": ("opened the form for an alert", "acknowledged an alert"),
    "alerts:hand_over": ("opened the form to hand over an alert", "handed over an alert"),
    "matching:results": (
        "looked at which results answer a follow-up",
        "matched a result and a follow-up",
    ),
    "imports:new_for_patient": ("opened the form for an import", "uploaded a file for the patient"),
    # Plans
    "treatment:plans": ("looked at the plans", ""),
    "treatment:plan": ("looked at a plan", ""),
    "treatment:document": ("printed a plan", ""),
    "treatment:changes": ("compared a plan with the one before", ""),
    "treatment:today": ("compared a plan with today's guideline", ""),
    "treatment:amend": ("opened the form to amend a plan", "began to amend a plan"),
    "treatment:withdraw": ("opened the form to withdraw a plan", "withdrew a plan"),
    "treatment:start": ("opened the planning", "began a plan"),
    "treatment:discard": ("opened the form to discard a draft", "discarded a draft"),
    "treatment:hand_over": ("opened the form to hand over a draft", "handed over a draft"),
    "treatment:step": ("looked at a step of the planning", "answered in the planning"),
    "treatment:answer": ("looked at an answer of the planning", "answered in the planning"),
    "treatment:so_far": ("looked at the plan so far", ""),
    "treatment:what_if": ("tried a what-if in the planning", ""),
    "treatment:sign": ("opened the plan to sign", "signed a plan"),
    "treatment:exception": ("looked at a question to a second clinician", "answered as the second clinician"),
    "treatment:free_plan": ("looked at a plan in free text", ""),
    "treatment:print_free_plan": ("printed a plan in free text", ""),
    "treatment:write_plan": ("opened the form for a plan in free text", "signed a plan in free text"),
    "treatment:rewrite_plan": ("opened the form for a plan in free text", "signed a newer plan in free text"),
    # Follow-ups and what leaves the house
    "follow_ups:patient": ("looked at the follow-ups", ""),
    "follow_ups:reschedule": ("opened the form to move a follow-up", "moved a follow-up"),
    "follow_ups:close": ("opened the form to close a follow-up", "closed a follow-up"),
    "follow_ups:new": ("opened the form for a follow-up", "added a follow-up"),
    "follow_ups:move_event": ("opened the form to move follow-ups", "moved follow-ups"),
    "follow_ups:assign": ("opened the form for who answers", "said who answers for a follow-up"),
    "export:page": ("looked at what can be exported", ""),
    "export:record": ("exported the whole record", ""),
    "export:results": ("exported the results", ""),
}

AT_THE_DOOR = {
    AccessKind.SIGNED_IN: "signed in",
    AccessKind.SIGN_IN_FAILED: "tried to sign in and failed",
    AccessKind.SIGNED_OUT: "signed out",
    AccessKind.CREDENTIALS: "changed a password or a second factor",
    AccessKind.RAN: "ran",
}

OF_A_RECORD = {
    AccessKind.VIEWED: "looked at a patient's record",
    AccessKind.SEARCHED: "searched from a patient's record",
    AccessKind.OPENED: "opened a patient's record to change it",
    AccessKind.CHANGED: "changed a patient's record",
    AccessKind.SIGNED: "signed in a patient's record",
    AccessKind.PRINTED: "printed from a patient's record",
    AccessKind.EXPORTED: "exported from a patient's record",
    AccessKind.DENIED: "was refused a patient's record",
    AccessKind.FAILED: "met an error in a patient's record",
}


def in_words(event: AccessEvent) -> str:
    """What was done, as the end of a sentence that begins with who did it."""
    kind = AccessKind(event.kind)
    if kind in AT_THE_DOOR:
        everywhere = kind == AccessKind.SIGNED_OUT and event.address == "me:end_every_session"
        return "signed out everywhere" if everywhere else AT_THE_DOOR[kind]
    looked, done = WORDS.get(event.address) or _unknown(event.address)
    if kind in (AccessKind.CHANGED, AccessKind.SIGNED):
        return done or f"saved something where one {looked}"
    if kind == AccessKind.SEARCHED:
        return "searched the patients"
    if kind == AccessKind.DENIED:
        return f"was refused {_place(looked)}"
    if kind == AccessKind.FAILED:
        return f"met an error at {_place(looked)}" if event.address else "ended with an error"
    return looked


def in_general(event: AccessEvent) -> str:
    """The same without what the page is about, for whoever may know that a record was opened and no more."""
    kind = AccessKind(event.kind)
    return OF_A_RECORD[kind] if event.patient_id and kind in OF_A_RECORD else in_words(event)


def _place(looked: str) -> str:
    """``the results`` of *looked at the results*."""
    place = looked.partition(" the ")[2]
    return f"the {place}" if place else f"a page ({looked})"


def _unknown(address: str) -> tuple[str, str]:
    """For a page that is gone or came after these words."""
    page = address.replace(":", ", ").replace("_", " ") or "a page"
    return f"opened {page}", f"saved {page}"
