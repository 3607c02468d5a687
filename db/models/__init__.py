"""Every table. Importing this package registers all of them on `Base.metadata`."""

from ..base import Base
from .absence import Absence
from .alert import Alert, AlertChannel, AlertDelivery, AlertReason, AlertRoute, AlertState
from .api_token import ApiReceipt, ApiToken
from .case import (
    Case,
    CaseCall,
    CaseEvent,
    CaseStage,
    CaseState,
    CaseTag,
    CaseWatcher,
    Mention,
    Note,
    Presence,
    Tag,
    UndoStep,
)
from .cause import Cause
from .complaint import Attachment, AttachmentKind, Channel, Complaint, ComplaintLink
from .contact import Contact, PrivateMessage, Promise
from .crawl_run import CrawlRun, CrawlState
from .customer import CustomerMerge
from .follow_up import FollowUp, FollowUpOutcome
from .gist import Gist
from .improvement import Improvement, ImprovementChange, ImprovementState, ImprovementStep
from .location import Location
from .mail import DigestIssue, MailKind, StaffMail
from .note_draft import NoteDraft
from .offer import Offer, OfferKind, OfferPolicy, OfferState, OfferStep, Severity
from .person import Attempt, LinkPurpose, Membership, Passkey, Person, PersonLink, SignIn
from .practice import PracticeAttempt
from .privacy import LegalHold, PrivacyWish, WishKind
from .reply import AuditEntry, Reply, ReplyVersion, SavedReply, VersionKind
from .reply_state import ReplyState
from .review import ERASED_FOR_GOOD, NOT_JUDGED, ErasedFor, ErasedMark, Review, Revision, Standing, Twin
from .rule import AssignmentRule, RuleTaker
from .saved_view import SavedView
from .score import LabelKind, Score, ScoreLabel
from .setting import Setting
from .source import BY_HAND, PushRefusal, Retention, Source, SourceHealth
from .verdict import Verdict
from .webhook import DeliveryState, OffFor, Webhook, WebhookAttempt, WebhookDelivery, WebhookMessage

__all__ = [
    "BY_HAND",
    "ERASED_FOR_GOOD",
    "NOT_JUDGED",
    "Absence",
    "Alert",
    "AlertChannel",
    "AlertDelivery",
    "AlertReason",
    "AlertRoute",
    "AlertState",
    "ApiReceipt",
    "ApiToken",
    "AssignmentRule",
    "Attachment",
    "AttachmentKind",
    "Attempt",
    "AuditEntry",
    "Base",
    "Case",
    "CaseCall",
    "CaseEvent",
    "CaseStage",
    "CaseState",
    "CaseTag",
    "CaseWatcher",
    "Cause",
    "Channel",
    "Complaint",
    "ComplaintLink",
    "Contact",
    "CrawlRun",
    "CrawlState",
    "CustomerMerge",
    "DeliveryState",
    "DigestIssue",
    "ErasedFor",
    "ErasedMark",
    "FollowUp",
    "FollowUpOutcome",
    "Gist",
    "Improvement",
    "ImprovementChange",
    "ImprovementState",
    "ImprovementStep",
    "LabelKind",
    "LegalHold",
    "LinkPurpose",
    "Location",
    "MailKind",
    "Membership",
    "Mention",
    "Note",
    "NoteDraft",
    "OffFor",
    "Offer",
    "OfferKind",
    "OfferPolicy",
    "OfferState",
    "OfferStep",
    "Passkey",
    "Person",
    "PersonLink",
    "PracticeAttempt",
    "Presence",
    "PrivacyWish",
    "PrivateMessage",
    "Promise",
    "PushRefusal",
    "Reply",
    "ReplyState",
    "ReplyVersion",
    "Retention",
    "Review",
    "Revision",
    "RuleTaker",
    "SavedReply",
    "SavedView",
    "Score",
    "ScoreLabel",
    "Setting",
    "Severity",
    "SignIn",
    "Source",
    "SourceHealth",
    "StaffMail",
    "Standing",
    "Tag",
    "Twin",
    "UndoStep",
    "Verdict",
    "VersionKind",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookMessage",
    "WishKind",
]
