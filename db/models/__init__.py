"""Every table. Importing this package registers all of them on `Base.metadata`."""

from ..base import Base
from .case import Case, CaseState
from .crawl_run import CrawlRun, CrawlState
from .location import Location
from .review import NOT_JUDGED, ErasedFor, ErasedMark, Review, Revision, Standing, Twin
from .score import Score
from .source import Retention, Source, SourceHealth

__all__ = [
    "NOT_JUDGED",
    "Base",
    "Case",
    "CaseState",
    "CrawlRun",
    "CrawlState",
    "ErasedFor",
    "ErasedMark",
    "Location",
    "Retention",
    "Review",
    "Revision",
    "Score",
    "Source",
    "SourceHealth",
    "Standing",
    "Twin",
]
