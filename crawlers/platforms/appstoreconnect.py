"""App Store Connect."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="appstoreconnect",
    name="App Store Connect",
    read_by=ReadBy.API,
    reply_by=ReplyBy.API,
    retention="store",
    terms="Reviews of your own app are yours to read and answer with a key of your account.",
    alternative="With a key of your account, all reviews of your app and your responses are read at once.",
    doc_url="https://developer.apple.com/documentation/appstoreconnectapi/customer-reviews",
    hosts=(r"appstoreconnect\.apple\.com", r"api\.appstoreconnect\.apple\.com"),
    apis={"": "https://api.appstoreconnect.apple.com"},
    keys=(
        Key(
            name="issuer_id",
            label="issuer id",
            help="App Store Connect, Users and Access, Integrations, App Store Connect API",
            is_secret=False,
        ),
        Key(name="key_id", label="key id", help="beside the key in the same list", is_secret=False),
        Key(
            name="private_key",
            label="private key",
            help="the whole .p8 file, which is given out once",
            is_long=True,
        ),
    ),
    place_label="Apple ID of the app",
    place_help="digits, under App Information; also behind id in the app's address on apps.apple.com",
    scale=(1, 5),
    reply_rules=ReplyRules(
        most_chars=5970,  # as third parties say; Apple does not
        links=False,
        quotes=True,
        is_replaced=True,
        is_moderated=True,  # shown after a while
        page="https://appstoreconnect.apple.com/",
        doc_url="https://developer.apple.com/documentation/appstoreconnectapi/customer-review-responses",
    ),
)
