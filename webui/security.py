"""What every answer carries, and which requests are none of ours.

Every form carries a token that only our own pages can know: what is posted without it changes nothing. No page embeds
anything or sends anything elsewhere; scripts are files of ours, never words in a page, and nothing is evaluated. Review
pages hold personal data, so nothing keeps a copy of them.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]

from .settings import WebSettings

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
A_YEAR_S = 365 * 24 * 3600
csrf = CSRFProtect()


class LateCookies(SecureCookieSessionInterface):
    """Asks for the key of the cookies only where there is one to read or to write."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def init_app(app: Flask, settings: WebSettings) -> None:
    """Refuse foreign host names and forms that are not ours, and set the headers on every answer."""
    trusted = LOCAL_NAMES | {settings.host, (urlsplit(settings.public_url).hostname or "").lower()}

    @app.before_request
    def refuse_foreign_names() -> Response | None:
        # A page elsewhere may point its own name at 127.0.0.1 and then read our answers as its own (DNS rebinding).
        # Flask's TRUSTED_HOSTS would do, but never matches [::1]: it cuts names at the first colon.
        if is_trusted(request.environ.get("HTTP_HOST", ""), trusted):
            return None
        message = (
            "Amends does not answer under this name. Open it by the address it printed at its start, "
            "or set AMENDS_BASE_URL to the address people use.\n"
        )
        return Response(message, status=400, mimetype="text/plain")

    app.session_interface = LateCookies()
    app.config |= {
        "SESSION_COOKIE_NAME": "amends_session",
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.public_url.startswith("https:"),
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the browser is open: a form may wait over lunch
        "WTF_CSRF_SSL_STRICT": False,  # it looks at the referrer, which our own policy has browsers leave out
    }
    csrf.init_app(app)

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers[name] = value
        # What people have attached is locked up more tightly than the pages are.
        response.headers["Content-Security-Policy"] = g.pop("own_policy", CSP)
        if request.endpoint == "static" and response.status_code < 400:
            # The address of each file holds a digest of it.
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
        else:
            # A picture of counts may be kept by the browser that asked for it, if it asks again whether it still holds.
            response.headers["Cache-Control"] = g.pop("own_caching", "no-store")
        return response


def is_trusted(host: str, trusted: Collection[str]) -> bool:
    """Whether a Host header names one of these hosts, at whatever port."""
    if not host or any(char in host for char in "/\\?#@ \t"):
        return False
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".") in trusted
    except ValueError:
        return False


def safe_url(url: str) -> str | None:
    """The address if it is one that a link may lead to: http or https with a host. Anything else is None."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and host else None
