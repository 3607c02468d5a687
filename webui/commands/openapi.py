"""`amends openapi`: the description of the API for programs that make clients of it."""

from __future__ import annotations

from typing import TextIO

import click


@click.command()
@click.option("--out", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="A file; default: here.")
def openapi(out: TextIO) -> None:
    """Write the description of the API as OpenAPI 3.1. Needs no database."""
    import json

    from ..api.document import document

    out.write(json.dumps(document(), ensure_ascii=False, indent=1) + "\n")
