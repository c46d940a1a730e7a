"""Addresses that django-allauth brings and this house refuses to everybody, each with the reason."""

REFUSED: dict[str, str] = {
    "account_signup": "People are invited by their hospital's admin; nobody signs up.",
    "account_set_password": "Everybody has a password from the invitation on.",
    "account_email": "An address is changed by a new invitation, so that it is proved.",
    "account_email_verification_sent": "Accepting the invitation proves the address.",
    "account_confirm_email": "Accepting the invitation proves the address.",
    "usersessions_list": "The house has a page of its own (me:sessions), on which one session can be ended.",
    "socialaccount_signup": "Single sign-on knows invited people only; nobody signs up.",
    "socialaccount_connections": "The provider's person is found by the proved address, not by choice.",
    "openid_connect_login": "Single sign-on begins at me:sign_on, by our own parameters.",
    "socialaccount_login_cancelled": "Leads back to the sign-in with a sentence instead.",
    "socialaccount_login_error": "Leads back to the sign-in with a sentence instead.",
    "social/login/cancelled/": "An old address of the library.",
    "social/login/error/": "An old address of the library.",
    "social/signup/": "An old address of the library.",
    "social/connections/": "An old address of the library.",
    "account_confirm_login_code": "No sign-in by mailed code: a mailbox is not a second factor.",
}
