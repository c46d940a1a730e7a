"""What a browser may do with our answers, beside the Content-Security-Policy: nothing that no page needs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Copying an address or a text, and passkeys; both for our own pages alone.
USED = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
# Only what every browser of today knows: it complains of every name that it does not.
UNUSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
PERMISSIONS = ", ".join([*(f"{name}=(self)" for name in USED), *(f"{name}=()" for name in UNUSED)])


class BrowserRulesMiddleware:
    """Stands above everything that answers, so that files and error pages carry the rules too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        # No page of another origin may embed or read what is ours.
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
