"""Feeds of alerts and networks about the trattoria, in the shapes of Google Alerts, Mastodon, Bluesky and Reddit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from werkzeug.wrappers import Response

from ..archive import PublicReview
from .call import ApiCall, reply, stamp

IS_FEED = True

_ATOM = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
_RSS = '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'


def answer(call: ApiCall) -> Response:
    known: dict[str, tuple[str, Callable[[tuple[PublicReview, ...]], str]]] = {
        "/alerts/feeds/1/2": ("alerts", _alerts),
        "/tags/lanterna.rss": ("mastodon", _mastodon),
        "/profile/guest.example/rss": ("bluesky", _bluesky),
        "/search.rss": ("reddit", _reddit),
    }
    if call.path == "/xrpc/app.bsky.feed.searchPosts":
        return reply({"posts": [_post(one) for one in _of(call, "bluesky")]})
    if call.path not in known:
        return reply({"message": "not found"}, 404)
    network, feed = known[call.path]
    kind = "application/rss+xml" if network in ("mastodon", "bluesky") else "application/atom+xml"
    return Response(feed(_of(call, network)), content_type=f"{kind}; charset=utf-8")


def _of(call: ApiCall, network: str) -> tuple[PublicReview, ...]:
    return tuple(one for one in call.reviews if one.extra.get("net") == network)


def _alerts(posts: tuple[PublicReview, ...]) -> str:
    """Google's own detour before every link, HTML in titles and texts."""
    entries = "".join(
        f"<entry><id>tag:google.com,2013:googlealerts/feed:{one.number}</id>"
        f'<title type="html">{escape(escape(one.title).replace("Lanterna", "<b>Lanterna</b>"))}</title>'
        f'<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url={quote(_page(one), safe="")}&amp;ct=ga"></link>'
        f"<published>{stamp(one.published_at)}</published><updated>{stamp(one.published_at)}</updated>"
        f'<content type="html">{escape(escape(one.text))}</content><author><name></name></author></entry>'
        for one in posts
    )
    return f"{_ATOM}<id>tag:google.com,2005:reader/user/1</id><title>Google Alert</title>{entries}</feed>"


def _mastodon(posts: tuple[PublicReview, ...]) -> str:
    items = "".join(
        f'<item><guid isPermaLink="true">{_toot(one)}</guid><link>{_toot(one)}</link><pubDate>{_date(one.published_at)}'
        f"</pubDate><description>{escape(f'<p>{escape(one.text)}</p>')}</description></item>"
        for one in posts
    )
    return f"{_RSS}<title>#lanterna</title><generator>Mastodon v4.5.0</generator>{items}</channel></rss>"


def _bluesky(posts: tuple[PublicReview, ...]) -> str:
    items = "".join(
        f"<item><link>https://bsky.app/profile/{one.author}/post/3k{one.number}</link><description>{escape(one.text)}"
        f'</description><pubDate>{_date(one.published_at)}</pubDate><guid isPermaLink="false">{_uri(one)}</guid></item>'
        for one in posts
    )
    return f"{_RSS}<title>@guest.example - Guest</title>{items}</channel></rss>"


def _reddit(posts: tuple[PublicReview, ...]) -> str:
    thread = "https://www.reddit.com/r/genova/comments/1abcde/avoid_trattoria_lanterna/"
    entries = ""
    for one in posts:
        is_comment = bool(one.extra.get("comment"))
        text = f'<!-- SC_OFF --><div class="md"><p>{escape(one.text)}</p></div><!-- SC_ON -->'
        end = "" if is_comment else f' submitted by <a href="#"> /u/{one.author} </a> <a href="#">[link]</a> [comments]'
        entries += (
            f"<entry><author><name>/u/{one.author}</name><uri>https://www.reddit.com/user/{one.author}</uri></author>"
            f'<content type="html">{escape(text + end)}</content><id>{"t1" if is_comment else "t3"}_{one.number}</id>'
            f'<link href="{thread}{one.number if is_comment else ""}"/><updated>{stamp(one.published_at)}</updated>'
            f"<title>{escape(one.title)}</title></entry>"
        )
    return f"{_ATOM}<id>/search.rss</id><title>reddit.com: search results</title>{entries}</feed>"


def _post(one: PublicReview) -> dict[str, object]:
    record = {"text": one.text, "createdAt": stamp(one.published_at), "langs": [one.lang]}
    return {"uri": _uri(one), "author": {"did": "did:plc:guest", "handle": one.author}, "record": record}


def _page(one: PublicReview) -> str:
    return f"https://paper.example/{one.id}?a=1&b=2"


def _toot(one: PublicReview) -> str:
    return f"https://social.example/@{one.author}/{one.number}"


def _uri(one: PublicReview) -> str:
    return f"at://did:plc:guest/app.bsky.feed.post/3k{one.number}"


def _date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC))
