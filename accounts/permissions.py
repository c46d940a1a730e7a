"""The whole policy on one page: what each role may do, and what each address asks for.

Deny by default: an address that is missing from ``POLICY`` is refused, and a system check names it.
Every address below ``permission`` also needs an active membership and a second factor.
Which *rows* a person sees is a second wall, in the querysets (``visible_to``) and in the database
(row-level security); this page is about doors, not rooms.
"""

from enum import StrEnum

from accounts.roles import Role


class Permission(StrEnum):
    VIEW_PATIENTS = "view_patients"
    EDIT_PATIENTS = "edit_patients"
    PLAN_TREATMENT = "plan_treatment"
    TRANSFER_PATIENTS = "transfer_patients"
    MANAGE_FOLLOW_UPS = "manage_follow_ups"
    MANAGE_USERS = "manage_users"
    # The hospital's log; and to see in it which record was looked at.
    VIEW_HOSPITAL_LOG = "view_hospital_log"
    VIEW_ACCESS_LOG = "view_access_log"
    VIEW_GUIDELINE = "view_guideline"
    BREAK_GLASS = "break_glass"
    # The second person of a reset: another admin or, where there is none, the lead clinician.
    CONSENT_TO_RESET = "consent_to_reset"
    REVIEW_GUIDELINE = "review_guideline"
    ADOPT_GUIDELINE = "adopt_guideline"


ROLES: dict[Role, frozenset[Permission]] = {
    Role.CLINICIAN: frozenset(
        {
            Permission.VIEW_PATIENTS,
            Permission.EDIT_PATIENTS,
            Permission.PLAN_TREATMENT,
            Permission.TRANSFER_PATIENTS,
            Permission.MANAGE_FOLLOW_UPS,
            Permission.VIEW_GUIDELINE,
            Permission.BREAK_GLASS,
            Permission.CONSENT_TO_RESET,
        }
    ),
    Role.COORDINATOR: frozenset(
        {
            Permission.VIEW_PATIENTS,
            Permission.EDIT_PATIENTS,
            Permission.MANAGE_FOLLOW_UPS,
            Permission.VIEW_GUIDELINE,
        }
    ),
    # The guideline is no clinical data: every role reads it, and each says one thing of it (docs/adr/0018).
    Role.HOSPITAL_ADMIN: frozenset(
        {
            Permission.MANAGE_USERS,
            Permission.CONSENT_TO_RESET,
            Permission.VIEW_HOSPITAL_LOG,
            Permission.VIEW_GUIDELINE,
            Permission.ADOPT_GUIDELINE,
        }
    ),
    Role.GUIDELINE_REVIEWER: frozenset({Permission.VIEW_GUIDELINE, Permission.REVIEW_GUIDELINE}),
    Role.AUDITOR: frozenset(
        {Permission.VIEW_HOSPITAL_LOG, Permission.VIEW_ACCESS_LOG, Permission.VIEW_GUIDELINE}
    ),
    Role.READER: frozenset({Permission.VIEW_PATIENTS, Permission.VIEW_GUIDELINE}),
}


class Door(StrEnum):
    """What an address asks for when it asks for no permission."""

    PUBLIC = "public"  # anybody, also signed out
    SIGNED_IN = "signed_in"  # a person, with or without a hospital and a second factor


POLICY: dict[str, Door | Permission] = {
    # The house itself
    "healthz": Door.PUBLIC,
    "home": Door.SIGNED_IN,
    "help": Door.PUBLIC,
    # Signing in and out (django-allauth); nobody can sign up without an invitation
    "account_login": Door.PUBLIC,
    "account_logout": Door.PUBLIC,
    "account_inactive": Door.PUBLIC,
    "account_reset_password": Door.PUBLIC,
    "account_reset_password_done": Door.PUBLIC,
    "account_reset_password_from_key": Door.PUBLIC,
    "account_reset_password_from_key_done": Door.PUBLIC,
    "account_reauthenticate": Door.SIGNED_IN,
    "account_change_password": Door.SIGNED_IN,
    "mfa_authenticate": Door.PUBLIC,
    "mfa_reauthenticate": Door.SIGNED_IN,
    "mfa_index": Door.SIGNED_IN,
    "mfa_login_webauthn": Door.PUBLIC,
    "mfa_reauthenticate_webauthn": Door.SIGNED_IN,
    "mfa_list_webauthn": Door.SIGNED_IN,
    "mfa_add_webauthn": Door.SIGNED_IN,
    "mfa_edit_webauthn": Door.SIGNED_IN,
    "mfa_remove_webauthn": Door.SIGNED_IN,
    "me:sign_on": Door.PUBLIC,
    "openid_connect_callback": Door.PUBLIC,
    "me:ask_provider": Door.SIGNED_IN,
    "me:passkey_question": Door.SIGNED_IN,
    "me:lock": Door.SIGNED_IN,
    "me:used": Door.SIGNED_IN,
    "me:unlock": Door.SIGNED_IN,
    "me:unlocked": Door.SIGNED_IN,
    "me:token": Door.SIGNED_IN,
    "me:kept": Door.SIGNED_IN,
    "me:throw_away": Door.SIGNED_IN,
    "me:sessions": Door.SIGNED_IN,
    "me:end_session": Door.SIGNED_IN,
    "me:end_every_session": Door.SIGNED_IN,
    "mfa_activate_totp": Door.SIGNED_IN,
    "mfa_deactivate_totp": Door.SIGNED_IN,
    "mfa_view_recovery_codes": Door.SIGNED_IN,
    "mfa_generate_recovery_codes": Door.SIGNED_IN,
    "mfa_download_recovery_codes": Door.SIGNED_IN,
    # Hospitals and their people
    "accounts:accept_invitation": Door.PUBLIC,
    "accounts:switch_hospital": Door.SIGNED_IN,
    "accounts:use_reset": Door.PUBLIC,
    "accounts:answer_reset": Permission.CONSENT_TO_RESET,
    "accounts:settings": Permission.MANAGE_USERS,
    "accounts:changes": Permission.MANAGE_USERS,
    "accounts:resend_invitation": Permission.MANAGE_USERS,
    "accounts:user_list": Permission.MANAGE_USERS,
    "accounts:invite": Permission.MANAGE_USERS,
    "accounts:revoke_invitation": Permission.MANAGE_USERS,
    "people:person": Permission.MANAGE_USERS,
    "people:hand_over": Permission.MANAGE_USERS,
    "people:deactivate": Permission.MANAGE_USERS,
    "people:reactivate": Permission.MANAGE_USERS,
    "log:page": Permission.VIEW_HOSPITAL_LOG,
    "log:export": Permission.VIEW_HOSPITAL_LOG,
    "people:pause": Permission.MANAGE_USERS,
    "people:end_sessions": Permission.MANAGE_USERS,
    "people:ask_reset": Permission.MANAGE_USERS,
    "reminders:log": Permission.MANAGE_USERS,
    "reminders:settings": Permission.MANAGE_USERS,
    "reminders:to_come": Permission.MANAGE_USERS,
    "reminders:send_again": Permission.MANAGE_USERS,
    "reminders:trust_again": Permission.MANAGE_USERS,
    "reminders:status": Permission.MANAGE_USERS,
    "reminders:pause": Permission.MANAGE_FOLLOW_UPS,
    "reminders:healthz": Door.PUBLIC,
    # Where a clinical day begins
    "today": Permission.VIEW_PATIENTS,
    # Patients
    "patients:list": Permission.VIEW_PATIENTS,
    "patients:register": Permission.EDIT_PATIENTS,
    "patients:overview": Permission.VIEW_PATIENTS,
    "patients:edit": Permission.EDIT_PATIENTS,
    "emergency:list": Permission.VIEW_PATIENTS,
    "emergency:open": Permission.BREAK_GLASS,
    "emergency:end": Permission.BREAK_GLASS,
    "emergency:log": Permission.MANAGE_USERS,
    "record_history:changes": Permission.VIEW_PATIENTS,
    "record_history:looks": Permission.VIEW_PATIENTS,
    "record_history:row": Permission.VIEW_PATIENTS,
    "record_history:restore": Permission.EDIT_PATIENTS,
    "patients:edit_contact": Permission.EDIT_PATIENTS,
    "patients:team": Permission.VIEW_PATIENTS,
    "patients:assign": Permission.EDIT_PATIENTS,
    "patients:end_assignment": Permission.EDIT_PATIENTS,
    "patients:assignment_error": Permission.EDIT_PATIENTS,
    "patients:events": Permission.VIEW_PATIENTS,
    "patients:fitness": Permission.VIEW_PATIENTS,
    "patients:add_entry": Permission.EDIT_PATIENTS,
    "patients:edit_entry": Permission.EDIT_PATIENTS,
    "patients:entry_error": Permission.EDIT_PATIENTS,
    "patients:assessments": Permission.VIEW_PATIENTS,
    "patients:assess_diagnosis": Permission.EDIT_PATIENTS,
    "patients:correct_diagnosis": Permission.EDIT_PATIENTS,
    "patients:diagnosis_error": Permission.EDIT_PATIENTS,
    "patients:assess_extent": Permission.EDIT_PATIENTS,
    "patients:correct_extent": Permission.EDIT_PATIENTS,
    "patients:extent_error": Permission.EDIT_PATIENTS,
    "patients:treatments": Permission.VIEW_PATIENTS,
    "patients:add_treatment": Permission.EDIT_PATIENTS,
    "patients:edit_treatment": Permission.EDIT_PATIENTS,
    "patients:treatment_error": Permission.EDIT_PATIENTS,
    # Whether the hospital cares for a patient
    "care:page": Permission.VIEW_PATIENTS,
    "care:death": Permission.EDIT_PATIENTS,
    "care:take_back_death": Permission.EDIT_PATIENTS,
    "care:find_duplicate": Permission.EDIT_PATIENTS,
    "care:merge": Permission.EDIT_PATIENTS,
    "care:undo_merge": Permission.EDIT_PATIENTS,
    "care:transfer": Permission.TRANSFER_PATIENTS,
    "transfers:list": Permission.VIEW_PATIENTS,
    "transfers:answer": Permission.TRANSFER_PATIENTS,
    "transfers:reject": Permission.TRANSFER_PATIENTS,
    "transfers:withdraw": Permission.TRANSFER_PATIENTS,
    # Results and the course over time
    "results:list": Permission.VIEW_PATIENTS,
    "results:new": Permission.EDIT_PATIENTS,
    "results:detail": Permission.VIEW_PATIENTS,
    "results:correct": Permission.EDIT_PATIENTS,
    "results:error": Permission.EDIT_PATIENTS,
    "results:take_back": Permission.EDIT_PATIENTS,
    "results:move": Permission.EDIT_PATIENTS,
    "results:pet": Permission.VIEW_PATIENTS,
    "results:new_pet": Permission.EDIT_PATIENTS,
    "results:correct_pet": Permission.EDIT_PATIENTS,
    "results:pet_error": Permission.EDIT_PATIENTS,
    "results:take_back_pet": Permission.EDIT_PATIENTS,
    "results:take_back_nerve": Permission.EDIT_PATIENTS,
    "results:move_pet": Permission.EDIT_PATIENTS,
    "results:move_nerve": Permission.EDIT_PATIENTS,
    "results:visit": Permission.EDIT_PATIENTS,
    "results:nerve": Permission.VIEW_PATIENTS,
    "results:new_nerve": Permission.EDIT_PATIENTS,
    "results:correct_nerve": Permission.EDIT_PATIENTS,
    "results:nerve_error": Permission.EDIT_PATIENTS,
    "course:timeline": Permission.VIEW_PATIENTS,
    "course:data": Permission.VIEW_PATIENTS,
    "course:table": Permission.VIEW_PATIENTS,
    "course:reading": Permission.VIEW_PATIENTS,
    "course:decide": Permission.PLAN_TREATMENT,
    # Tumour board
    "board:list": Permission.VIEW_PATIENTS,
    "board:put_forward": Permission.EDIT_PATIENTS,
    "board:decide": Permission.PLAN_TREATMENT,
    # Alerts
    "alerts:patient": Permission.VIEW_PATIENTS,
    "alerts:acknowledge": Permission.PLAN_TREATMENT,
    "alerts:hand_over": Permission.MANAGE_FOLLOW_UPS,
    "alerts:statistics": Permission.VIEW_PATIENTS,
    # Taking a record out of the house
    "export:page": Permission.VIEW_PATIENTS,
    "export:record": Permission.VIEW_PATIENTS,
    "export:results": Permission.VIEW_PATIENTS,
    # Import of files
    "imports:list": Permission.EDIT_PATIENTS,
    "imports:new": Permission.EDIT_PATIENTS,
    "imports:new_for_patient": Permission.EDIT_PATIENTS,
    "imports:batch": Permission.EDIT_PATIENTS,
    "imports:columns": Permission.EDIT_PATIENTS,
    "imports:names": Permission.EDIT_PATIENTS,
    "imports:start": Permission.EDIT_PATIENTS,
    "imports:cancel": Permission.EDIT_PATIENTS,
    "imports:discard": Permission.EDIT_PATIENTS,
    "imports:refused": Permission.EDIT_PATIENTS,
    # Plans
    "treatment:plans": Permission.VIEW_PATIENTS,
    "treatment:plan": Permission.VIEW_PATIENTS,
    "treatment:document": Permission.VIEW_PATIENTS,
    "treatment:changes": Permission.VIEW_PATIENTS,
    "treatment:today": Permission.VIEW_PATIENTS,
    "treatment:amend": Permission.PLAN_TREATMENT,
    "treatment:withdraw": Permission.PLAN_TREATMENT,
    "treatment:start": Permission.PLAN_TREATMENT,
    "treatment:discard": Permission.PLAN_TREATMENT,
    "treatment:hand_over": Permission.PLAN_TREATMENT,
    "drafts:list": Permission.PLAN_TREATMENT,
    "advice:changed": Permission.PLAN_TREATMENT,
    "treatment:step": Permission.PLAN_TREATMENT,
    "treatment:answer": Permission.PLAN_TREATMENT,
    "treatment:so_far": Permission.PLAN_TREATMENT,
    "treatment:what_if": Permission.PLAN_TREATMENT,
    "treatment:sign": Permission.PLAN_TREATMENT,
    "treatment:exception": Permission.PLAN_TREATMENT,
    "confirmations:list": Permission.PLAN_TREATMENT,
    # Plans in free text
    "treatment:free_plan": Permission.VIEW_PATIENTS,
    "treatment:print_free_plan": Permission.VIEW_PATIENTS,
    "treatment:write_plan": Permission.PLAN_TREATMENT,
    "treatment:rewrite_plan": Permission.PLAN_TREATMENT,
    # The guideline: its versions, and whose word they have
    "approval:list": Permission.VIEW_GUIDELINE,
    "approval:version": Permission.VIEW_GUIDELINE,
    "approval:section": Permission.VIEW_GUIDELINE,
    "approval:changes": Permission.VIEW_GUIDELINE,
    "approval:step": Permission.REVIEW_GUIDELINE,
    "approval:adoption": Permission.ADOPT_GUIDELINE,
    # Follow-ups
    "follow_ups:list": Permission.VIEW_PATIENTS,
    "follow_ups:patient": Permission.VIEW_PATIENTS,
    "follow_ups:reschedule": Permission.MANAGE_FOLLOW_UPS,
    "follow_ups:close": Permission.MANAGE_FOLLOW_UPS,
    "follow_ups:calendar": Permission.VIEW_PATIENTS,
    "follow_ups:new": Permission.MANAGE_FOLLOW_UPS,
    "follow_ups:move_event": Permission.MANAGE_FOLLOW_UPS,
    "follow_ups:assign": Permission.MANAGE_FOLLOW_UPS,
    "follow_ups:answering": Permission.MANAGE_FOLLOW_UPS,
    "follow_ups:hand_over": Permission.MANAGE_FOLLOW_UPS,
    "follow_ups:feed_settings": Permission.MANAGE_FOLLOW_UPS,
    # Calendar programs cannot sign in: the secret in the address is the key, days all they get.
    "follow_ups:feed": Door.PUBLIC,
    "matching:results": Permission.MANAGE_FOLLOW_UPS,
}


def allows(roles: list[str], permission: Permission) -> bool:
    """Whether any of the stored role words grants ``permission``; an unknown word grants nothing."""
    return any(permission in ROLES.get(Role(role), frozenset()) for role in roles if role in Role.values)
