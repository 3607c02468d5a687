"""The words of the practice room for what the cases keep as ids."""

from __future__ import annotations

from ..i18n import N_

TRADE_NAMES = {
    "restaurant": N_("Restaurant"),
    "hotel": N_("Hotel"),
    "shop": N_("Online shop"),
    "garage": N_("Garage"),
    "hairdresser": N_("Hairdresser"),
    "practice": N_("Medical practice"),
    "app": N_("App"),
    "courier": N_("Courier"),
}
DIFFICULTIES = {
    "1": N_("To begin with"),
    "2": N_("As it usually is"),
    "3": N_("Much to get wrong"),
}
