"""One page's worth of a site's reviews, with the figures the site advertises beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .archive import PublicReview
from .records import Kind, Site

PER_PAGE = 10
FEED_PER_PAGE = 20
MOST_APP_PAGES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    reviews: tuple[PublicReview, ...]
    page: int
    pages: int
    total: int  # advertised
    mean: float | None
    spread: tuple[tuple[int, int], ...] = ()  # how many gave each whole star (or score), best first

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None


def listing(reviews: Sequence[PublicReview], *, page: int, per_page: int, site: Site) -> Listing | None:
    """The page asked for, or None where there is no such page."""
    pages = max(1, -(-len(reviews) // per_page))
    if not 1 <= page <= pages:
        return None
    rated = [review.stars for review in reviews if review.stars is not None]
    return Listing(
        reviews=tuple(reviews[(page - 1) * per_page : page * per_page]),
        page=page,
        pages=pages,
        total=len(reviews),
        mean=round(sum(rated) / len(rated), 1) if rated else None,
        spread=_spread(rated, site.scale) if rated else (),
    )


def hollow(total: int, *, site: Site) -> Listing:
    """A page that advertises reviews and shows none."""
    mean = round(site.scale[1] * 0.8, 1) if site.scale else None
    return Listing(reviews=(), page=1, pages=1, total=total, mean=mean)


def page_of(reviews: Sequence[PublicReview], review_id: str, *, per_page: int) -> int | None:
    """Which page a review is on today."""
    for index, review in enumerate(reviews):
        if review.id == review_id:
            return index // per_page + 1
    return None


def app_page_size(count: int) -> int:
    """Entries a page of the app feed.

    Chosen so that the last page holds one entry where that can be had: the feed then writes an object for a list,
    its best known trap.
    """
    sizes = [size for size in range(FEED_PER_PAGE, PER_PAGE, -1) if count % size == 1 and count > size]
    return sizes[0] if sizes else FEED_PER_PAGE


def human_path(site: Site) -> str:
    """Where a person reads what the source publishes."""
    match site.kind:
        case Kind.JSONLD | Kind.MICRODATA | Kind.RDFA:
            return site.path
        case Kind.RSS | Kind.ATOM:
            # Without its ending, as most sites do it; a feed that has none gets a page below it.
            stem, dot, _ = site.path.rpartition(".")
            return stem if dot else f"{site.path}/reviews"
        case Kind.API:
            return site.path
        case Kind.APPSTORE:
            country, app = app_ids(site)
            return f"/{country}/app/id{app}"


def app_ids(site: Site) -> tuple[str, str]:
    """Country and app number out of the feed's path."""
    parts = [part for part in site.path.split("/") if part]
    app = next((part.removeprefix("id=") for part in parts if part.startswith("id=")), "0")
    return parts[0], app


def review_path(site: Site, review: PublicReview) -> str:
    """An address of the review that stays right when the review moves to another page."""
    return f"{human_path(site)}?review={review.id}#r-{review.id}"


def _spread(rated: Sequence[float], scale: tuple[float, float] | None) -> tuple[tuple[int, int], ...]:
    if scale is None:
        return ()
    counts = Counter(int(stars) for stars in rated)
    return tuple((step, counts[step]) for step in range(int(scale[1]), int(scale[0]) - 1, -1))
