"""Facebook."""

from __future__ import annotations

from ._types import Key, Platform, ReadBy, ReplyBy, ReplyRules

PLATFORM = Platform(
    key="facebook",
    name="Facebook",
    read_by=ReadBy.API,
    reply_by=ReplyBy.API,
    retention="no_store",
    terms="Facebook's terms forbid automatic reading without its permission, and pages are behind a log-in.",
    alternative="Recommendations of your own page are read and answered in the Page's own inbox.",
    doc_url="https://developers.facebook.com/docs/graph-api/reference/page/ratings/",
    hosts=(r"(.+\.)?facebook\.com", r"(.+\.)?fb\.com", r"fb\.me"),
    apis={"": "https://graph.facebook.com/v25.0"},
    keys=(
        Key(
            name="page_token",
            label="Page token",
            help="Graph API Explorer or your app: an access token of the Page itself, with the permission "
            "pages_read_user_content and the task Moderate on the Page",
        ),
    ),
    place_label="Page id",
    place_help="digits only, under Page transparency on the Page's About tab",
    least_every_s=3600,  # calls are counted over an hour
    reply_limit="A comment under the recommendation; no limit is stated.",
    reply_rules=ReplyRules(
        is_replaced=False,
        is_moderated=False,
        page="https://business.facebook.com/latest/inbox",
        doc_url="https://developers.facebook.com/docs/graph-api/reference/recommendation",
    ),
)
