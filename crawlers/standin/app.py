"""The stand-in as a WSGI application: which path shows what, and which scenario spoils it.

Only GET and HEAD on the sites themselves; the switches under /_standin are `control`, the APIs under /api `apis`.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path
from socket import SHUT_RDWR
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from .apis import APIS, FEEDS, SHAPES, ApiCall
from .archive import Archive, PublicReview
from .bench import BenchPages
from .control import Control
from .listing import (
    FEED_PER_PAGE,
    MOST_APP_PAGES,
    PER_PAGE,
    Listing,
    app_page_size,
    hollow,
    human_path,
    listing,
    page_of,
)
from .misbehave import refusal, robots, spoil
from .pages import Page, Pages
from .records import Kind, Site
from .replies import Shape
from .scenarios import ROBOTS_PATH, Scenario, ScenarioKind
from .stage import ApiState, Stage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_STATIC = Path(__file__).parent / "static"
HOOK_PATH = "/hooks/amends"  # where the demo sends its webhooks
# No script runs on these pages; the JSON-LD blocks are data.
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


class Platform:
    """Every site of the business behind one address."""

    def __init__(self, archive: Archive, stage: Stage, *, base_url: str) -> None:
        self._archive = archive
        self._stage = stage
        self._pages = Pages(archive.business, base_url=base_url)
        self._bench = BenchPages()
        self._base_url = base_url
        self._control = Control(
            stage,
            anchor=archive.anchor,
            sites={site.slug: site for site in (*archive.business.sites, *archive.apis.values())},
        )
        self._routes = _routes(archive.business.sites)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        try:
            response = self._answer(request)
        except HTTPException as error:
            response = Response(f"{error.code} {error.name}\n", error.code, mimetype="text/plain")
            if error.code == 405:
                response.headers["Allow"] = "GET, HEAD"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = _POLICY
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.path.startswith("/_standin/"):
            return self._control.answer(request)
        if request.path.startswith("/static/"):
            return _static(request.path.removeprefix("/static/"))
        path = request.full_path.removesuffix("?")
        with self._stage.ledger.request(request.method, path, user_agent=request.user_agent.string):
            return self._public(request)

    def _public(self, request: Request) -> Response:
        scenario = self._stage.scenarios.next_for(request.path, request.method)
        if scenario is None:
            return self._page(request, None).make_conditional(request)
        if not scenario.after:
            self._hinder(request, scenario)
        answer = refusal(scenario) or spoil(self._page(request, scenario), scenario)
        if scenario.after:
            self._hinder(request, scenario)
        return answer

    def _hinder(self, request: Request, scenario: Scenario) -> None:
        if scenario.kind is ScenarioKind.SLOW:
            self._stage.closing.wait(scenario.seconds)
        elif scenario.kind is ScenarioKind.DROP:
            request.get_data()  # or the other end is told of a reset while it still sends
            request.environ["werkzeug.socket"].shutdown(SHUT_RDWR)
            raise ConnectionAbortedError("dropped, as the scenario says")

    def _page(self, request: Request, scenario: Scenario | None) -> Response:
        if (request.path, request.method) == (HOOK_PATH, "POST"):  # some program of the business, which takes it all
            return Response('{"taken": true}\n', mimetype="application/json")
        if request.path == ROBOTS_PATH:
            return robots(self._stage.scenarios.robots)
        if (bench := self._bench.find(request.path)) is not None:
            return Response(bench, mimetype="text/html")
        if request.path.startswith("/api/"):
            return self._api(request)
        endpoint, values = self._routes.bind_to_environ(request.environ).match()
        if endpoint == "index":
            return _response(self._index())
        form, site = endpoint
        reviews = self._reviews(site)
        total = scenario.total if scenario and scenario.kind is ScenarioKind.EMPTY_WITH_TOTAL else None
        match form:
            case "human":
                return self._human(request, site, reviews, total)
            case "rss":
                shown = reviews if total is None else ()
                return _response(self._pages.rss(site, shown, updated=self._archive.anchor))
            case "atom":
                return self._atom(request, site, reviews, total)
            case _:
                return self._app(form, site, reviews if total is None else (), values["page"])

    def _api(self, request: Request) -> Response:
        _, _, platform, *_ = request.path.split("/")
        site, answer = self._archive.apis.get(platform), (APIS | FEEDS).get(platform)
        if site is None or answer is None:
            raise NotFound
        call = ApiCall(
            request=request,
            path=request.path.removeprefix(f"/api/{platform}"),
            site=site,
            reviews=self._reviews(site, SHAPES.get(platform)),
            base_url=f"{self._base_url}/api/{platform}",
            state=self._stage.api_states.setdefault(platform, ApiState()),
            replies=self._stage.replies,
        )
        told = answer(call)
        if request.method == "GET":
            self._stage.replies.polled(site.slug)
        return told

    def _reviews(self, site: Site, shape: Shape | None = None) -> tuple[PublicReview, ...]:
        reviews = self._archive.reviews(site.slug, self._stage.snapshot)
        return self._stage.replies.laid_over(site.slug, reviews, shape)

    def _index(self) -> Page:
        snapshot = self._stage.snapshot
        counts = {site.slug: len(self._archive.reviews(site.slug, snapshot)) for site in self._archive.business.sites}
        return self._pages.index(anchor=self._archive.anchor, snapshot=snapshot, counts=counts)

    def _human(self, request: Request, site: Site, reviews: tuple[PublicReview, ...], total: int | None) -> Response:
        wanted = request.args.get("review")
        page = page_of(reviews, wanted, per_page=PER_PAGE) if wanted else _page_number(request)
        shown = _listing(reviews, page, PER_PAGE, site, total)
        if shown is None:
            return _response(self._pages.gone(site), status=404)
        return _response(self._pages.site(site, shown))

    def _atom(self, request: Request, site: Site, reviews: tuple[PublicReview, ...], total: int | None) -> Response:
        shown = _listing(reviews, _page_number(request), FEED_PER_PAGE, site, total)
        if shown is None:
            raise NotFound
        return _response(self._pages.atom(site, shown, updated=self._archive.anchor))

    def _app(self, form: str, site: Site, reviews: tuple[PublicReview, ...], page: int) -> Response:
        if not 1 <= page <= MOST_APP_PAGES:
            return Response("CustomerReviews RSS page depth is limited to 10\n", 400, mimetype="text/plain")
        size = app_page_size(len(reviews))
        render = self._pages.app_json if form == "app-json" else self._pages.app_xml
        return _response(render(site, reviews, page=page, page_size=size))


def _routes(sites: Iterable[Site]) -> Map:
    rules = [Rule("/", endpoint="index", methods=["GET"])]
    for site in sites:
        rules.append(Rule(human_path(site), endpoint=("human", site), methods=["GET"]))
        if site.kind in (Kind.RSS, Kind.ATOM):
            rules.append(Rule(site.path, endpoint=(str(site.kind), site), methods=["GET"]))
        if site.kind is Kind.APPSTORE:
            paged = site.path.replace("/page=1/", "/page=<int:page>/").removesuffix("json")
            rules.append(Rule(f"{paged}json", endpoint=("app-json", site), methods=["GET"]))
            rules.append(Rule(f"{paged}xml", endpoint=("app-xml", site), methods=["GET"]))
    return Map(rules)


def _listing(
    reviews: tuple[PublicReview, ...], page: int | None, per_page: int, site: Site, total: int | None
) -> Listing | None:
    if total is not None:
        return hollow(total, site=site)
    return None if page is None else listing(reviews, page=page, per_page=per_page, site=site)


def _page_number(request: Request) -> int | None:
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _response(page: Page, *, status: int = 200) -> Response:
    response = Response(page.body, status, content_type=f"{page.mimetype}; charset=utf-8")
    response.add_etag()
    return response


def _static(name: str) -> Response:
    path = _STATIC / name
    if "/" in name or not path.is_file():
        raise NotFound
    return Response(path.read_bytes(), mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
