"""Web pages with schema.org markup, paged by rel=next or a page number."""

from __future__ import annotations

from ..parsers import schemaorg
from .base import ReviewSpider


class SchemaOrgSpider(ReviewSpider):
    name = "schemaorg"
    parser = staticmethod(schemaorg.parse)
    proves_absence = True
