"""Ids of rows in addresses and forms."""

from __future__ import annotations

from typing import Final

ID_MOST: Final = 2**31 - 1  # the integer columns of PostgreSQL end there: what is larger names no row
