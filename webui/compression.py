"""Answers go over the line compressed, without telling by their length what stands in them.

Whoever can make a reader's browser ask for pages with words of theirs in the address, and measures how long the answers
are, could guess at the token of the forms letter by letter (the BREACH attack). A comment of random length at the end
of each page takes the measure away; Django's GZipMiddleware does the same with the name of the file.
"""

from __future__ import annotations

import secrets

from flask import Flask, Response
from flask_compress import Compress

FILLER_MOST = 64  # bytes, each two letters that do not compress
KINDS = ("text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml")


def init_app(app: Flask) -> None:
    """Compress what is text, for those who ask for it; before the headers of `security` are set."""
    app.config |= {
        "COMPRESS_MIMETYPES": list(KINDS),
        "COMPRESS_ALGORITHM": ["br", "gzip"],  # what every browser knows
        "COMPRESS_STREAMS": False,  # it would leave the file of a static answer open
    }
    Compress(app)

    @app.after_request  # runs before what was registered earlier
    def prepare(response: Response) -> Response:
        if response.direct_passthrough and response.mimetype in KINDS:
            response.direct_passthrough = False  # a file that is sent as it lies; it is short enough to read
            response.data = response.get_data()
            response.close()
        if response.mimetype == "text/html" and not response.is_streamed:
            response.data += f"<!-- {secrets.token_hex(secrets.randbelow(FILLER_MOST))} -->\n".encode()
        return response
