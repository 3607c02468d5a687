"""Every table. Importing this package registers all of them on `Base.metadata`."""

from ..base import Base
from .case import (
    Case,
    CaseCall,
    CaseEvent,
    CaseStage,
    CaseState,
    CaseTag,
    CaseWatcher,
    EscalationMail,
    Mention,
    Note,
    NoteMail,
    Presence,
    Tag,
    UndoStep,
)
from .cause import Cause
from .crawl_run import CrawlRun, CrawlState
from .gist import Gist
from .location import Location
from .person import Attempt, LinkPurpose, Membership, Passkey, Person, PersonLink, SignIn
from .review import NOT_JUDGED, ErasedFor, ErasedMark, Review, Revision, Standing, Twin
from .saved_view import SavedView
from .score import LabelKind, Score, ScoreLabel
from .setting import Setting
from .source import Retention, Source, SourceHealth
from .verdict import Verdict

__all__ = [
    "NOT_JUDGED",
    "Attempt",
    "Base",
    "Case",
    "CaseCall",
    "CaseEvent",
    "CaseStage",
    "CaseState",
    "CaseTag",
    "CaseWatcher",
    "Cause",
    "CrawlRun",
    "CrawlState",
    "ErasedFor",
    "ErasedMark",
    "EscalationMail",
    "Gist",
    "LabelKind",
    "LinkPurpose",
    "Location",
    "Membership",
    "Mention",
    "Note",
    "NoteMail",
    "Passkey",
    "Person",
    "PersonLink",
    "Presence",
    "Retention",
    "Review",
    "Revision",
    "SavedView",
    "Score",
    "ScoreLabel",
    "Setting",
    "SignIn",
    "Source",
    "SourceHealth",
    "Standing",
    "Tag",
    "Twin",
    "UndoStep",
    "Verdict",
]
