"""The words of the trail: who acts, and what was done."""

from django.db import models


class ActorKind(models.TextChoices):
    PERSON = "person", "Person"
    JOB = "job", "Job"
    COMMAND = "command", "Command"
    NOBODY = "nobody", "Not signed in"


class AccessKind(models.TextChoices):
    VIEWED = "viewed", "Viewed"
    SEARCHED = "searched", "Searched"
    OPENED = "opened", "Opened to change"
    CHANGED = "changed", "Changed"
    SIGNED = "signed", "Signed"
    PRINTED = "printed", "Printed"
    EXPORTED = "exported", "Exported"
    DENIED = "denied", "Refused"
    FAILED = "failed", "Failed"
    SIGNED_IN = "signed_in", "Signed in"
    SIGN_IN_FAILED = "sign_in_failed", "Failed to sign in"
    SIGNED_OUT = "signed_out", "Signed out"
    CREDENTIALS = "credentials", "Changed how they sign in"
    RAN = "ran", "Ran"


# What a person does to get in or out, and how; the others are about what is inside.
AT_THE_DOOR = frozenset(
    {AccessKind.SIGNED_IN, AccessKind.SIGN_IN_FAILED, AccessKind.SIGNED_OUT, AccessKind.CREDENTIALS}
)

# A form posted here and accepted is a signature.
SIGNS = frozenset({"treatment:sign", "treatment:exception", "treatment:write_plan", "treatment:rewrite_plan"})
# A form posted here asks something and keeps nothing.
ONLY_ASKS = frozenset({"patients:list", "care:find_duplicate", "treatment:what_if"})
# A script says that somebody still types: nothing was seen and nothing done.
SAYS_NOTHING = frozenset({"me:used"})
# Where a password, a code or a passkey is tried.
TRIES = frozenset({"account_login", "mfa_authenticate", "mfa_login_webauthn"})
