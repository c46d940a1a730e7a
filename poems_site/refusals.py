"""No refusal without a sentence: an answer that says no and nothing else becomes a page that says why."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class RefusalsInWordsMiddleware:
    """Django's decorators refuse a wrong method with an empty answer; people read pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_refusal = HTTPStatus.BAD_REQUEST <= response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        if is_refusal and not response.streaming and not response.content:
            page = "405.html" if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED else "400.html"
            response.content = render_to_string(page, request=request)
            response.headers["Content-Type"] = "text/html; charset=utf-8"
        return response
