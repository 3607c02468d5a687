"""The switches under /_standin, for tests and for whoever shows the demo.

    GET    /_standin/scenario   faults in force, the moment shown and the "today" that dates count back from
    POST   /_standin/scenario   {"prefix": "/hotel", "kind": "429", "retry_after": 5}
                                or {"kind": "snapshot", "snapshot": "t1"}
                                or {"kind": "moderation", "platform": "google", "polls": 2, "verdict": "rejected"}
    DELETE /_standin/scenario   back to the start
    GET    /_standin/requests   what was asked for;  DELETE  forgets it
    GET    /_standin/replies    every answer that was taken
    POST   /_standin/replies    {"site": "hotel-site", "review": "…", "text": "…"}: as typed on the site by hand

A page open in a browser must not reach these: only loopback host names and only JSON bodies are taken.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Request, Response

from .archive import Snapshot
from .errors import BadScenario
from .records import Site, api_slug
from .replies import Moderation, Verdict
from .scenarios import scenario_from
from .stage import Stage

_HOSTS = ("127.0.0.1", "localhost", "[::1]")
_MOST_BYTES = 10_000


class Control:
    def __init__(self, stage: Stage, *, anchor: datetime, sites: Mapping[str, Site]) -> None:
        self._stage = stage
        self._sites = sites
        self._anchor = anchor

    def answer(self, request: Request) -> Response:
        if request.host.rpartition(":")[0] not in _HOSTS and request.host not in _HOSTS:
            raise Forbidden
        match request.path, request.method:
            case "/_standin/scenario", "GET":
                return _json(self._in_force())
            case "/_standin/scenario", "POST":
                return self._change(request)
            case "/_standin/scenario", "DELETE":
                self._stage.reset()
                return _json(self._in_force())
            case "/_standin/replies", "GET":
                return self._arrivals()
            case "/_standin/replies", "POST":
                return self._answer_by_hand(request)
            case "/_standin/requests", "GET":
                return _json(self._requests())
            case "/_standin/requests", "DELETE":
                self._stage.ledger.clear()
                return _json(self._requests())
            case _:
                raise NotFound

    def _change(self, request: Request) -> Response:
        if request.mimetype != "application/json":
            return _json({"error": "send JSON with Content-Type: application/json"}, status=415)
        try:
            change(self._stage, _body(request))
        except BadScenario as error:
            return _json({"error": str(error)}, status=400)
        return _json(self._in_force())

    def _arrivals(self) -> Response:
        return _json([asdict(arrival) for arrival in self._stage.replies.arrivals()])

    def _answer_by_hand(self, request: Request) -> Response:
        if request.mimetype != "application/json":
            return _json({"error": "send JSON with Content-Type: application/json"}, status=415)
        try:
            data = _body(request)
        except BadScenario as error:
            return _json({"error": str(error)}, status=400)
        site, review, text = self._sites.get(str(data.get("site"))), data.get("review"), data.get("text")
        if site is None or not isinstance(review, str) or not isinstance(text, str):
            return _json({"error": '"site" must be the slug of a site, "review" an id and "text" a text'}, status=400)
        self._stage.replies.take(site, review, text)
        return self._arrivals()

    def _in_force(self) -> dict[str, Any]:
        scenarios = [asdict(scenario) for scenario in self._stage.scenarios.in_force()]
        return {"snapshot": self._stage.snapshot, "anchor": self._anchor.isoformat(), "scenarios": scenarios}

    def _requests(self) -> dict[str, Any]:
        ledger = self._stage.ledger
        counts = ledger.counts()
        return {
            "total": sum(counts.values()),
            "most_at_once": ledger.most_at_once,
            "paths": counts,
            "log": [asdict(seen) for seen in ledger.log()],
        }


def change(stage: Stage, data: dict[str, Any]) -> None:
    """Puts one scenario in force, or moves all sites to another moment; raises BadScenario."""
    if data.get("kind") == "moderation":
        platform, moderation = moderation_from(data)
        stage.replies.moderate(api_slug(platform), moderation)
        return
    if data.get("kind") != "snapshot":
        stage.scenarios.put(scenario_from(data))
        return
    if data.get("snapshot") not in set(Snapshot):
        raise BadScenario(f'"snapshot" must be one of {", ".join(Snapshot)}')
    stage.snapshot = Snapshot(data["snapshot"])


def moderation_from(data: Mapping[str, Any]) -> tuple[str, Moderation]:
    """The platform, and how its answers fare; raises BadScenario."""
    polls, verdict, reason = data.get("polls", 1), data.get("verdict", "approved"), data.get("reason", "GUIDELINES")
    if isinstance(polls, bool) or not isinstance(polls, int) or polls < 0:
        raise BadScenario('"polls" must be a whole number, 0 or more')
    if verdict not in set(Verdict) or not isinstance(reason, str):
        raise BadScenario(f'"verdict" must be one of {", ".join(Verdict)}, and "reason" a text')
    return str(data.get("platform", "")), Moderation(polls=polls, verdict=Verdict(verdict), reason=reason)


def _body(request: Request) -> dict[str, Any]:
    if (request.content_length or 0) > _MOST_BYTES:
        raise BadScenario("too long")
    try:
        data = json.loads(request.get_data())
    except ValueError as error:
        raise BadScenario(f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise BadScenario("expected a JSON object")
    return data


def _json(data: object, *, status: int = 200) -> Response:
    return Response(json.dumps(data, indent=1), status, mimetype="application/json")
