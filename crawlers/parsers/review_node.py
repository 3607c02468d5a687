"""One schema.org Review node to one `ReviewItem`, whichever syntax it was written in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.phrases import say

from ..items import DatePrecision, OwnerReply, ReviewItem
from . import identity
from .dates import DateReader, ReadDate
from .graph import Found, Node, as_list, types_of
from .node_texts import all_texts, first_node, first_text
from .page import absolute
from .ratings import Rating, read_rating
from .text import line, plain, rich

BODY = ("reviewBody", "description", "text", "articleBody")
# Where an answer stands: the first two are the vocabulary's; what is named after the owner needs no further proof.
COMMENTS = ("comment", "replies", "subjectOf", "reviewResponse", "response", "reply", "answer")
OWNERS = ("ownerResponse", "ownerReply", "businessResponse", "businessReply", "merchantReply", "managementResponse")
DATES = ("datePublished", "dateCreated", "dtreviewed", "uploadDate", "publishDate", "publishedDate", "date")
_BY = re.compile(r"^(?:[Bb]y|par|por)\s+(?=[^\W\da-z_])")  # "by Ana"
_OWNER_WORDS = re.compile(
    r"\b(?:owner|inhaber(?:in)?|propriétaire|propietari[oa]|proprietari[oa]|titolare|management|direktion|direction)\b",
    re.IGNORECASE,
)
AUTHOR = ("author", "creator", "reviewer")  # the last is data-vocabulary.org's, which pages before 2011 wrote

_BCP47 = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,2}")


def value_of(node: Node, *names: str) -> object:
    """The first property that is there and says something."""
    for name in names:
        value = node.get(name)
        if value is not None and value not in ("", []):
            return value
    return None


@dataclass(frozen=True, slots=True)
class Draft:
    """A review without its final identity: that depends on the other reviews of the page."""

    item: ReviewItem
    platform_id: str
    written_ids: tuple[str, ...]
    digest: str


@dataclass(slots=True)
class NodeReader:
    """Reads the nodes of one page; collects warnings that name the fault and never the text."""

    found: Found
    url: str
    dates: DateReader
    warnings: list[str]

    def read(self, node: Node, parent: Node | None) -> Draft | None:
        positive, negative = self._notes(node, "positiveNotes"), self._notes(node, "negativeNotes")
        whole = self._whole(node)
        body = "\n\n".join(filter(None, (whole, positive, negative)))
        title = line(first_text(self.found, value_of(node, "name", "headline", "summary")))
        rating = self._rating(node)
        if not body and not title and rating.value is None:
            self.warnings.append(say("a review without text and rating was left out"))
            return None
        written = self._named(value_of(node, *AUTHOR))
        author = first_node(self.found, written)
        author_name = _BY.sub("", line(first_text(self.found, written)))
        author_ref = self._author_ref(author)
        if author_name.lower().startswith(("http://", "https://")):  # an address where a name should stand
            author_name, author_ref = "", author_ref or absolute(self.url, author_name)[:400]
        published = self._date(value_of(node, *DATES))
        edited = self._date(value_of(node, "dateModified"))
        url = self._own_url(node, parent)
        digest = identity.digest(
            author=author_name,
            body=body or title,
            rating=rating.raw,
            published_at=published.at,
            precision=published.precision,
        )
        item = ReviewItem(
            external_id=digest,
            body=body,
            title=title,
            author_name=author_name,
            positive=positive,
            negative=negative,
            author_ref=author_ref,
            **rating.fields,
            language=self._language(node),
            url=url,
            published_at=published.at,
            published_precision=published.precision,
            edited_at=edited.after(published),
            reply=self._reply(node, parent),
        )
        return Draft(item, self._platform_id(node), self._written_ids(node, url), digest)

    def _named(self, value: object) -> object:
        """`"author": "#ana"`: a text that names a node."""
        return self.found.by_id.get(value, value) if isinstance(value, str) and value[:200].strip() else value

    def _whole(self, node: Node) -> str:
        """The text: its parts joined, of a short form and the full one the full."""
        parts = list(dict.fromkeys(rich(text) for text in all_texts(self.found, value_of(node, *BODY))))
        starts = [(part, part.rstrip("….").rstrip()) for part in parts]
        kept = [
            part
            for part, start in starts
            if not any(other is not part and other.startswith(start) for other in parts) and part
        ]
        return "\n\n".join(kept)

    def _rating(self, node: Node) -> Rating:
        value = self._overall(
            as_list(value_of(node, "reviewRating", "rating", "starRating", "ratingValue", "aggregateRating"))
        )
        if isinstance(value, dict):
            rating = read_rating(
                _scalar(value_of(value, "ratingValue", "value", "name")),
                best=_scalar(value_of(value, "bestRating")),
                worst=_scalar(value_of(value, "worstRating")),
            )
        else:
            best, worst = (_scalar(value_of(node, name)) for name in ("bestRating", "worstRating"))
            rating = read_rating(value, best=best, worst=worst)
        if rating.warning:
            self.warnings.append(rating.warning)
        return rating

    def _overall(self, values: list[object]) -> object:
        """Of several ratings the one for the whole, not the one for the food."""
        resolved = [self.found.resolve(value) for value in values[:20]]
        whole = [one for one in resolved if not (isinstance(one, dict) and one.get("reviewAspect"))]
        return next(iter(whole or resolved), None)

    def _notes(self, node: Node, name: str) -> str:
        """Praise or blame as schema.org lists it: texts, or an ItemList of them."""
        lines: list[str] = []
        for value in as_list(value_of(node, name))[:50]:
            resolved = self.found.resolve(value)
            inner = as_list(resolved.get("itemListElement")) if isinstance(resolved, dict) else []
            for one in (inner or [resolved])[:50]:
                item = one.get("item", one) if isinstance(one, dict) else one
                lines.append(line(first_text(self.found, item)))
        return "\n".join(filter(None, lines))

    def _date(self, value: object) -> ReadDate:
        read = self.dates.read(_scalar(value))
        if read.warning:
            self.warnings.append(read.warning)
        return read

    def _language(self, node: Node) -> str:
        said = value_of(node, "inLanguage")
        if said is None and isinstance(body := value_of(node, *BODY), dict):
            said = body.get("@language")
        value = self.found.resolve(next(iter(as_list(said)), None))
        if isinstance(value, dict):
            value = _scalar(value_of(value, "alternateName", "identifier", "name"))
        text = value[:80].strip() if isinstance(value, str) else ""
        return text.replace("_", "-")[:16] if _BCP47.fullmatch(text) else ""

    def _own_url(self, node: Node, parent: Node | None) -> str:
        """A permalink of this review; the page's or the business's own address is none."""
        url = absolute(self.url, _text(value_of(node, "url")))
        reviewed = first_node(self.found, value_of(node, "itemReviewed")) or {}
        others = {absolute(self.url, _text(value_of(owner, "url"))) for owner in (reviewed, parent or {})}
        others.add(self.url.partition("#")[0])
        return "" if url in others or url.rstrip("#") in others else url

    def _written_ids(self, node: Node, url: str) -> tuple[str, ...]:
        written = identity.reference(_text(node.get("@id")))
        if written == self.url.partition("#")[0]:
            written = ""
        link = _text(value_of(node, "url")).strip()
        # A bare fragment stays bare here too: joined to the address it would change with the page.
        link = identity.reference(link) if link.startswith("#") else url[: identity.MAX_ID + 1]
        return tuple(one for one in (written, link) if one and len(one) <= identity.MAX_ID)

    def _platform_id(self, node: Node) -> str:
        value = self.found.resolve(next(iter(as_list(value_of(node, "identifier"))), None))
        if isinstance(value, dict):
            value = value_of(value, "value", "@value")
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30 else value
        return " ".join(text[: 2 * identity.MAX_ID].split())[: identity.MAX_ID] if isinstance(text, str) else ""

    def _author_ref(self, author: Node | None) -> str:
        if author is None:
            return ""
        return absolute(self.url, _text(value_of(author, "url", "sameAs")) or _text(author.get("@id")))[:400]

    def _reply(self, node: Node, parent: Node | None) -> OwnerReply | None:
        """The organisation's comment; guests comment on reviews as well, and theirs is no answer of the owner."""
        if said := value_of(node, *OWNERS):
            return self._owners(said)
        identity_ = node.get("@id")
        beside = self.found.answers.get(identity_, []) if isinstance(identity_, str) else []
        for one in [*(one for name in COMMENTS for one in as_list(node.get(name))[:50]), *beside[:50]]:
            comment = self.found.resolve(one)
            if not isinstance(comment, dict):
                continue
            body = self._said(comment)
            if body and self._is_owner(comment, node, parent):
                published = self._date(value_of(comment, "dateCreated", "datePublished", "dateModified"))
                name = line(first_text(self.found, value_of(comment, "author", "creator")))
                return OwnerReply(body=body, author_name=name, published_at=published.at)
        return None

    def _said(self, comment: Node) -> str:
        return plain(first_text(self.found, value_of(comment, "text", "commentText", "description", "articleBody")))

    def _owners(self, value: object) -> OwnerReply | None:
        node = first_node(self.found, value) or {}
        body = self._said(node) or plain(first_text(self.found, value))
        published = self._date(value_of(node, *DATES))
        name = line(first_text(self.found, value_of(node, "author", "creator")))
        return OwnerReply(body=body, author_name=name, published_at=published.at) if body else None

    def _is_owner(self, comment: Node, node: Node, parent: Node | None) -> bool:
        author = first_node(self.found, value_of(comment, "author", "creator"))
        name = identity.fold(first_text(self.found, value_of(comment, "author", "creator"))[:300])
        business = first_node(self.found, value_of(node, "itemReviewed")) or parent or {}
        own = identity.fold(first_text(self.found, business.get("name"))[:300])
        if name and (name == own or _OWNER_WORDS.search(name)):
            return True
        if author is None:
            return False
        reference = _text(author.get("@id"))
        if reference and reference == _text(business.get("@id")):
            return True
        types = types_of(author)
        return bool(types) and not types & {"Person", "Patient"}


def _scalar(value: object) -> object:
    """A plain value out of a list or a {"@value": …}."""
    value = next(iter(as_list(value)), None)
    return value.get("@value", value.get("name")) if isinstance(value, dict) else value


def _text(value: object) -> str:
    value = next(iter(as_list(value)), None)
    if isinstance(value, dict):
        value = value.get("@id", value.get("@value"))
    return value if isinstance(value, str) else ""


def with_identities(drafts: list[Draft]) -> list[ReviewItem]:
    """Final items: repeats of a review on its page fall together, ids that stand for two reviews are not used."""
    from dataclasses import replace

    holders: dict[str, set[str]] = {}
    for draft in drafts:
        for written in (*draft.written_ids, draft.platform_id):
            if written:
                holders.setdefault(written, set()).add(draft.digest)
    counts = {written: len(digests) for written, digests in holders.items()}
    items: dict[str, ReviewItem] = {}
    for draft in drafts:
        external_id, kind = identity.choose(draft.platform_id, draft.written_ids, counts, draft.digest)
        if external_id not in items:
            items[external_id] = replace(draft.item, external_id=external_id, id_kind=kind)
    return list(items.values())


__all__ = ["DatePrecision", "Draft", "NodeReader", "value_of", "with_identities"]
