"""Carries a scenario out: answers in a page's place, or spoils the page on its way out.

Real faults on a real socket: the cut body does promise more bytes than it sends, the huge one does send them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from werkzeug.wrappers import Response

from .scenarios import RobotsMode, Scenario, ScenarioKind

MEGABYTE = 1_000_000
_CHUNK = 65_536
_UNAVAILABLE = "<!doctype html><title>Service unavailable</title><h1>Service unavailable</h1>"

# The marks a real wall leaves: the script's address and the headers. The script itself is not fetched by anything.
_WALL = """<!doctype html>
<html lang="en"><head><title>portoantico.example</title></head>
<body><p id="cmsg">Please enable JS and disable any ad blocker</p>
<script data-cfasync="false">
var dd={'rt':'c','cid':'AHrlqAA','hsh':'0','t':'fe','host':'geo.captcha-delivery.com'}</script>
</body></html>
"""

ROBOTS_OPEN = "User-agent: *\nDisallow: /_standin/\nAllow: /\n"


def refusal(scenario: Scenario) -> Response | None:
    """The answer given in the page's place, for those scenarios that never get to the page."""
    match scenario.kind:
        case ScenarioKind.UNAUTHORIZED:
            challenge = {"WWW-Authenticate": 'Basic realm="Members"'}
            return Response("Log in to read reviews.\n", 401, challenge, mimetype="text/plain")
        case ScenarioKind.FORBIDDEN:
            return Response('{"message": "Forbidden"}\n', 403, mimetype="application/json")
        case ScenarioKind.WALL_403 | ScenarioKind.WALL_200:
            status = 403 if scenario.kind is ScenarioKind.WALL_403 else 200
            return Response(_WALL, status, {"X-DataDome": "protected", "X-DD-B": "1"}, mimetype="text/html")
        case ScenarioKind.CONFLICT:
            return Response('{"message": "Conflict"}\n', 409, mimetype="application/json")
        case ScenarioKind.TOO_MANY:
            return Response("Too many requests.\n", 429, _retry_after(scenario), mimetype="text/plain")
        case ScenarioKind.UNAVAILABLE:
            return Response(_UNAVAILABLE, 503, _retry_after(scenario), mimetype="text/html")
        case ScenarioKind.REDIRECT:
            # Response, not werkzeug's redirect(): the target must go out exactly as given, however odd.
            answer = Response("Moved.\n", scenario.status, mimetype="text/plain")
            answer.autocorrect_location_header = False
            answer.headers["Location"] = scenario.target
            return answer
        case _:
            return None


def spoil(response: Response, scenario: Scenario) -> Response:
    """The page, spoilt the scenario's way; untouched by scenarios of other kinds."""
    match scenario.kind:
        case ScenarioKind.CUT:
            return _cut(response)
        case ScenarioKind.WRONG_CHARSET:
            return _wrong_charset(response)
        case ScenarioKind.HUGE:
            return _huge(response, scenario)
        case _:
            return response


def robots(scenario: Scenario | None) -> Response:
    """robots.txt: open to all, unless a scenario says otherwise."""
    if scenario is None:
        return Response(ROBOTS_OPEN, mimetype="text/plain")
    match scenario.mode:
        case RobotsMode.CLOSED:
            return Response(f"User-agent: *\nDisallow: {scenario.prefix}\n", mimetype="text/plain")
        case RobotsMode.HTML:
            page = "<!doctype html><html><head><title>Welcome</title></head><body><h1>Welcome</h1></body></html>"
            return Response(page, mimetype="text/html")
        case RobotsMode.UNAVAILABLE:
            return Response(_UNAVAILABLE, 503, mimetype="text/html")
        case RobotsMode.DELAY:
            return Response(f"User-agent: *\nCrawl-delay: {scenario.seconds:g}\nAllow: /\n", mimetype="text/plain")
        case RobotsMode.MISSING:
            return Response("Not found.\n", 404, mimetype="text/plain")


def _retry_after(scenario: Scenario) -> dict[str, str]:
    return {} if scenario.retry_after is None else {"Retry-After": str(scenario.retry_after)}


def _cut(response: Response) -> Response:
    body = response.get_data()
    response.set_data(body[: len(body) // 2])
    response.automatically_set_content_length = False
    response.headers["Content-Length"] = str(len(body))
    return response


def _wrong_charset(response: Response) -> Response:
    text = response.get_data(as_text=True)
    is_json = "json" in (response.content_type or "")
    response.set_data(_as_windows_1252(text) if is_json else text.encode("windows-1252", "xmlcharrefreplace"))
    return response


def _as_windows_1252(text: str) -> bytes:
    try:
        return text.encode("windows-1252")
    except UnicodeEncodeError:
        # Characters the old charset lacks stay readable as JSON escapes.
        escaped = (char if _in_windows_1252(char) else json.dumps(char)[1:-1] for char in text)
        return "".join(escaped).encode("windows-1252")


def _in_windows_1252(char: str) -> bool:
    try:
        char.encode("windows-1252")
    except UnicodeEncodeError:
        return False
    return True


def _huge(response: Response, scenario: Scenario) -> Response:
    """The page and then padding its format allows, so that it still parses for whoever reads it all."""
    body = response.get_data()
    size = int(scenario.megabytes * MEGABYTE)
    before, fill, after = (b"", b" ", b"") if "json" in (response.content_type or "") else (b"<!--", b"x", b"-->")
    padding = max(size - len(body) - len(before) - len(after), 0)

    def chunks() -> Iterator[bytes]:
        yield body + before
        for start in range(0, padding, _CHUNK):
            yield fill * min(_CHUNK, padding - start)
        yield after

    answer = Response(chunks(), response.status_code, mimetype=response.mimetype)
    if scenario.declared:
        answer.headers["Content-Length"] = str(len(body) + len(before) + padding + len(after))
    return answer
