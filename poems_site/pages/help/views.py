"""The page of help: open to everybody, framed by the navigation for those who are signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.middleware import MemberRequest
from guideline.edition import load_edition
from poems_site.pages.help.presenters import help_shown


@require_GET
def page(request: MemberRequest) -> HttpResponse:
    is_framed = request.user.is_authenticated
    base = "pages/help/framed.html" if is_framed else "pages/help/plain.html"
    return render(request, base, {"help": help_shown(load_edition())})
