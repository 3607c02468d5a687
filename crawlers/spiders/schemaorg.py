"""Web pages with review markup, paged by rel=next or a page number; or many of them, which a sitemap lists."""

from __future__ import annotations

from ..parsers import schemaorg
from .listed import ListedSpider


class SchemaOrgSpider(ListedSpider):
    name = "schemaorg"
    parser = staticmethod(schemaorg.parse)
    proves_absence = True
