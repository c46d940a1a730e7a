"""Addresses that django-allauth brings and this house refuses to everybody, each with the reason."""

REFUSED: dict[str, str] = {
    "account_signup": "People are invited by their hospital's admin; nobody signs up.",
    "account_set_password": "Everybody has a password from the invitation on.",
    "account_email": "An address is changed by a new invitation, so that it is proved.",
    "account_email_verification_sent": "Accepting the invitation proves the address.",
    "account_confirm_email": "Accepting the invitation proves the address.",
    "account_confirm_login_code": "No sign-in by mailed code: a mailbox is not a second factor.",
}
