"""Every table. Importing this package registers all of them on `Base.metadata`."""

from ..base import Base
from .case import Case, CaseState
from .crawl_run import CrawlRun, CrawlState
from .location import Location
from .person import Attempt, LinkPurpose, Membership, Passkey, Person, PersonLink, SignIn
from .review import NOT_JUDGED, ErasedFor, ErasedMark, Review, Revision, Standing, Twin
from .score import LabelKind, Score, ScoreLabel
from .setting import Setting
from .source import Retention, Source, SourceHealth

__all__ = [
    "NOT_JUDGED",
    "Attempt",
    "Base",
    "Case",
    "CaseState",
    "CrawlRun",
    "CrawlState",
    "ErasedFor",
    "ErasedMark",
    "LabelKind",
    "LinkPurpose",
    "Location",
    "Membership",
    "Passkey",
    "Person",
    "PersonLink",
    "Retention",
    "Review",
    "Revision",
    "Score",
    "ScoreLabel",
    "Setting",
    "SignIn",
    "Source",
    "SourceHealth",
    "Standing",
    "Twin",
]
