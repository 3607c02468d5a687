"""Colours of a picture on a light page, on a dark one and on paper; those of `static/amends.css` where it has them.

What has an order (anger, sizes) is a ramp of lightness away from the paper: it reads the same without colour, in
whatever way somebody sees colours, and on a printer that has none. Hatches tell neighbours apart on paper besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One set of colours, as #rrggbb."""

    name: str
    paper: str  # behind everything: that of a sheet of the page
    ink: str
    soft: str  # words beside the matter
    line: str  # of the grid
    axis: str
    accent: str
    field: str  # a band around a line of the accent
    before: str  # what something is compared with
    late: str  # over a target, a budget or a time
    anger: Mapping[str, str]  # by level; "unscored" as well
    ramp: tuple[str, str, str, str]  # from what matters most to what is left
    hatches: tuple[str, str, str, str]  # of the same, as Matplotlib writes them; empty: plain


def _levels(furious: str, angry: str, annoyed: str, calm: str, unscored: str) -> Mapping[str, str]:
    return MappingProxyType(
        {"furious": furious, "angry": angry, "annoyed": annoyed, "calm": calm, "unscored": unscored}
    )


LIGHT = Look(
    name="light",
    paper="#ffffff",
    ink="#18211f",
    soft="#4e5d59",
    line="#e6ebe9",
    axis="#7b8a85",
    accent="#0b5f56",
    field="#cfe3df",
    before="#b9c4c0",
    late="#a11030",
    anger=_levels("#7d0c26", "#d2601f", "#e9bd62", "#d3dcd9", "#eef1f0"),
    ramp=("#0b5f56", "#4f9d90", "#a3cfc6", "#dde8e5"),
    hatches=("", "", "", ""),
)
DARK = Look(
    name="dark",
    paper="#181f1d",
    ink="#e7edea",
    soft="#a5b3ae",
    line="#29322f",
    axis="#72817c",
    accent="#78cdbd",
    field="#28524a",
    before="#56645f",
    late="#ff8b99",
    anger=_levels("#ffb3bb", "#e8793f", "#8a6a1e", "#3d4945", "#29322f"),
    ramp=("#9ae5d6", "#4da595", "#2d6b61", "#33403c"),
    hatches=("", "", "", ""),
)
PRINT = Look(
    name="print",
    paper="#ffffff",
    ink="#000000",
    soft="#333333",
    line="#dddddd",
    axis="#555555",
    accent="#000000",
    field="#d9d9d9",
    before="#bbbbbb",
    late="#000000",
    anger=_levels("#1a1a1a", "#767676", "#b4b4b4", "#e4e4e4", "#ffffff"),
    ramp=("#1a1a1a", "#767676", "#b4b4b4", "#e4e4e4"),
    hatches=("", "////", "", ""),
)
LOOKS: Mapping[str, Look] = MappingProxyType({look.name: look for look in (LIGHT, DARK, PRINT)})
