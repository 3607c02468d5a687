"""QR codes as paths of a drawing in the page: our policy shows no picture that comes as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square of so many units with its edge, and what is black in it."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of a text."""
    import qrcode  # type: ignore[import-untyped]

    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_black in enumerate(row) if is_black)
    return QrCode(size=len(rows), path=path)
