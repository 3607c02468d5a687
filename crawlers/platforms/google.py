"""Google."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="google",
    name="Google",
    read_by=ReadBy.API,
    reply_by=ReplyBy.API,
    retention="30d",
    terms="Google forbids automatic reading of Maps and Search; what its API gives may be kept for 30 days.",
    alternative="Owners of a verified profile read and answer reviews through the Business Profile API.",
    doc_url="https://developers.google.com/my-business/content/review-data",
    apis={
        "": "https://mybusiness.googleapis.com/v4",
        "auth": "https://oauth2.googleapis.com",
        "accounts": "https://mybusinessaccountmanagement.googleapis.com/v1",
        "locations": "https://mybusinessbusinessinformation.googleapis.com/v1",
    },
    keys=(
        Key(
            name="client_id",
            label="client id",
            help="Google Cloud console, Credentials, OAuth client ID",
            is_secret=False,
        ),
        Key(name="client_secret", label="client secret", help="stands beside the client id"),
        Key(
            name="refresh_token",
            label="refresh token",
            help="given once an owner of the profile has agreed to business.manage",
        ),
    ),
    place_label="location",
    place_help="accounts/A/locations/L, with the numbers that the Business Profile API lists",
    scale=(1.0, 5.0),
    most_every_s=7 * 24 * 3600,  # what was read 30 days ago and not seen again has to go
    hosts=(
        r"(www|maps|business|local|search)\.google\.[a-z.]{2,7}",
        r"google\.[a-z.]{2,7}",
        r"maps\.app\.goo\.gl",
        r"goo\.gl",
        r"g\.page",
        r"g\.co",
    ),
    # Telephone numbers and mail addresses of the business itself may stand in an answer: Google's rules on personal
    # information say so. Those of anybody else are kept out on every platform.
    reply_rules=ReplyRules(
        most_bytes=4096,
        links=False,
        quotes=True,
        formatting=False,
        is_replaced=True,
        is_moderated=True,
        page="https://business.google.com/reviews",
        doc_url="https://developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews/updateReply",
    ),
)
