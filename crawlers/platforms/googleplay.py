"""Google Play."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="googleplay",
    name="Google Play",
    read_by=ReadBy.API,
    reply_by=ReplyBy.API,
    retention="store",
    terms="Google forbids automatic reading of the Play pages.",
    alternative="Developers read the last seven days through the androidpublisher API, or export them.",
    doc_url="https://developers.google.com/android-publisher/reply-to-reviews",
    hosts=(r"play\.google\.com",),
    apis={
        "": "https://androidpublisher.googleapis.com/androidpublisher/v3",
        "auth": "https://oauth2.googleapis.com",
    },
    keys=(
        Key(
            name="service_account_json",
            is_long=True,
            label="service account key",
            help="Google Cloud console, IAM, Service accounts, Keys: the whole JSON file. Invite the account "
            "in the Play Console with the right to reply to reviews",
        ),
    ),
    place_label="package name",
    place_help="such as com.example.app, after id= in the app's address on play.google.com",
    scale=(1, 5),
    most_every_s=12 * 3600,  # a review is shown for seven days: twice a day leaves room for bad ones
    reply_rules=ReplyRules(
        most_chars=350,
        links=True,
        quotes=True,
        formatting=False,  # HTML is taken out
        needs_words=True,
        is_replaced=True,
        is_moderated=False,
        page="https://play.google.com/console/",
        doc_url="https://developers.google.com/android-publisher/reply-to-reviews",
    ),
)
