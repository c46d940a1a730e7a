"""Read the content: its versions, every word of one, and what differs between two."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from accounts.models import Membership
from accounts.permissions import Permission
from accounts.queries import require_membership
from approval.contents import Content, all_contents, find
from approval.differing import differences
from approval.forms import AdoptionForm, StepForm, WordForm
from approval.models import Step
from approval.presenters import (
    COLUMNS,
    content_shown,
    doors,
    rows,
    sections_shown,
    steps_shown,
    superseded,
)
from approval.queries import last_adoption
from approval.reading import SECTIONS
from approval.standing import review_at
from guideline.edition import load_edition


@require_GET
def version_list(request: MemberRequest) -> HttpResponse:
    """Every version with what was made of it; the one in use first, with what waits for somebody."""
    me = require_membership(request)
    contents, adoption = all_contents(), last_adoption(me.hospital_id)
    steps = _steps_of(contents)
    shown = [content_shown(one, steps[one.version.pk] if one.version else [], adoption) for one in contents]
    context = {
        "contents": shown,
        "current": shown[0],
        "doors": doors(contents[0], adoption, me),
        "review": review_at(me.hospital_id, load_edition()),
        "before": shown[1] if len(shown) > 1 else None,
        "changed": differences(contents[1].entries, contents[0].entries) if len(contents) > 1 else [],
    }
    return render(request, "approval/list.html", context)


@require_GET
def version(request: MemberRequest, version_key: str) -> HttpResponse:
    """One version: where it stands, what may come next, and the way to every word of it."""
    content = content_of(version_key)
    return render(request, "approval/version.html", page(content, require_membership(request)))


@require_GET
def section(request: MemberRequest, version_key: str, section: str) -> HttpResponse:
    """Every entry of one section in words."""
    content = content_of(version_key)
    if section not in SECTIONS:
        raise Http404("The content has no such section.")
    entries = [entry for entry in content.entries if entry.section == section]
    context = {
        "content": content,
        "heading": SECTIONS[section],
        "section": section,
        "sections": sections_shown(content.entries),
        "entries": entries,
        "columns": COLUMNS.get(section, ()),
        "rows": rows(section, entries) if section in COLUMNS else [],
    }
    return render(request, "approval/section.html", context)


@require_GET
def changes(request: MemberRequest, version_key: str, earlier_key: str) -> HttpResponse:
    """What differs between two versions, to the word."""
    content, earlier = content_of(version_key), content_of(earlier_key)
    found = differences(earlier.entries, content.entries)
    context = {"content": content, "earlier": earlier, "changed": found}
    return render(request, "approval/changes.html", context)


def content_of(key: str) -> Content:
    """The content of the address. Raises Http404."""
    content = find(key)
    if content is None:
        raise Http404("There is no such version.")
    return content


def page(content: Content, me: Membership, told: WordForm | None = None) -> dict[str, Any]:
    """The context of a version's page; ``told`` is a form that came back with something to say."""
    adoption = last_adoption(me.hospital_id)
    seen = {"seen": len(content.steps)}
    adopted = {"seen": adoption.number if adoption else 0}
    others = [other for other in all_contents() if other.key != content.key]
    return {
        "content": content,
        "shown": content_shown(content, content.steps, adoption),
        "steps": steps_shown(content.steps),
        "doors": doors(content, adoption, me),
        "sections": sections_shown(content.entries),
        "superseded": superseded(content.entries),
        "others": others,
        "may_plan": me.may(Permission.PLAN_TREATMENT) and settings.CDS_ENABLED,
        "step_form": told if isinstance(told, StepForm) else StepForm(initial=seen),
        "adoption_form": told if isinstance(told, AdoptionForm) else AdoptionForm(initial=adopted),
    }


def _steps_of(contents: list[Content]) -> dict[UUID, list[Step]]:
    """What was said of each, oldest first, in one query."""
    kept = [content.version.pk for content in contents if content.version]
    found: dict[UUID, list[Step]] = defaultdict(list)
    for step in (
        Step.objects.filter(version__in=kept).select_related("made_by", "hospital").order_by("number")
    ):
        found[step.version_id].append(step)
    return found
