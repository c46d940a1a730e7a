"""A plan in free text on paper, from the words and the identity that were signed."""

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from treatment.documents.compile import compile_pdf
from treatment.models import FreePlan


def free_plan_pdf(plan: FreePlan, paper: str) -> bytes:
    """The PDF; the same plan gives the same bytes. Its title names no person."""
    label = f"Plan in free text, version {plan.version}"
    shown: dict[str, Any] = plan.shown
    data = {
        "title": f"{label}, signed on {date_format(localtime(plan.signed_at), 'j F Y')}",
        "label": label,
        "foot": shown["hospital"],
        "stripe": "",
        "person": {key: shown[key] for key in ("name", "birth_date", "record_number")},
        "hospital": shown["hospital"],
        "heading": plan.title,
        "signed_by": plan.signed_by.full_name,
        "signed_at": date_format(localtime(plan.signed_at), "j F Y, H:i"),
        "paragraphs": paragraphs_of(plan.text),
    }
    return compile_pdf("free_plan.typ", data, paper=paper, at=plan.signed_at)


def paragraphs_of(text: str) -> list[list[str]]:
    """The lines of each paragraph; an empty line begins the next one."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]
