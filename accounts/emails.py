"""The mails about accounts, one function each. No mail names a patient or a disease."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation, SecondFactorReset


def send_invitation(*, invitation: Invitation, token: str) -> None:
    """Tell the invited person how to join."""
    link = settings.SITE_URL + reverse("accounts:accept_invitation", args=[token])
    context = {"invitation": invitation, "link": link}
    message = EmailMultiAlternatives(
        subject=f"Invitation from {invitation.hospital.name}",
        body=render_to_string("emails/invitation.txt", context),
        to=[invitation.email],
    )
    message.send()


def send_reset_question(*, reset: SecondFactorReset, to: str) -> None:
    """Ask the second person for their consent."""
    context = {"reset": reset, "link": settings.SITE_URL + reverse("accounts:answer_reset", args=[reset.pk])}
    message = EmailMultiAlternatives(
        subject=f"Your consent is asked for at {reset.hospital.name}",
        body=render_to_string("emails/reset_question.txt", context),
        to=[to],
    )
    message.send()


def send_reset_link(*, reset: SecondFactorReset, token: str) -> None:
    """Give the person the link with which they enrol anew."""
    context = {"reset": reset, "link": settings.SITE_URL + reverse("accounts:use_reset", args=[token])}
    message = EmailMultiAlternatives(
        subject="A new second factor for your account",
        body=render_to_string("emails/reset_link.txt", context),
        to=[reset.user.email],
    )
    message.send()
