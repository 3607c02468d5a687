"""How far an answer is, as its own table and that of cases tell it."""

from __future__ import annotations

from enum import StrEnum


class ReplyState(StrEnum):
    """How far an answer is. Which steps there are between them says `db.reply_flow`."""

    DRAFT = "draft"  # being written, or sent back with a reason
    SUBMITTED = "submitted"  # waits for somebody who may approve
    APPROVED = "approved"  # waits for somebody to post it
    HELD = "held"  # goes out at `post_at`, and can be stopped until then
    POSTING = "posting"  # a worker is about to send it, or is sending it
    UNSURE = "unsure"  # nobody knows whether it arrived: the platform is asked before anything else is done
    POSTED = "posted"  # the platform has taken it, or a person says that they have posted it
    LIVE = "live"  # a reading has seen it
    REJECTED = "rejected"  # the platform's moderation refused it
    FAILED = "failed"  # it could not be posted: a person decides
