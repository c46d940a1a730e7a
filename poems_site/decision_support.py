"""The switch of decision support: with CDS_ENABLED=false none of its addresses opens (docs/adr/0015)."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

# Every address of these apps is decision support, new ones too.
NAMESPACES = frozenset({"treatment", "confirmations", "drafts", "advice", "alerts"})
# What stays: plans that were signed are read and printed, and others are written as free documents.
STAYS = frozenset(
    {
        "treatment:plans",
        "treatment:plan",
        "treatment:document",
        "treatment:changes",
        "treatment:withdraw",
        "treatment:write_plan",
        "treatment:rewrite_plan",
        "treatment:free_plan",
        "treatment:print_free_plan",
    }
)


class SwitchedOffError(Http404):
    """The address belongs to decision support, which this installation does without."""


def is_open(view_name: str) -> bool:
    """Whether the address can be opened in this installation."""
    namespace = view_name.partition(":")[0]
    return settings.CDS_ENABLED or namespace not in NAMESPACES or view_name in STAYS


class DecisionSupportMiddleware:
    """Stands behind the policy: whoever may not open an address is told so first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        match = request.resolver_match
        if match is not None and not is_open(match.view_name):
            raise SwitchedOffError(f"{match.view_name} is decision support, which is switched off.")
