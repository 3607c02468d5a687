"""Amounts of money, as the reader writes them and reads them. Kept everywhere in the minor unit of their currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_currency, get_currency_precision

from .i18n import current_locale

TYPED_MOST = 20  # characters of an amount


def money(minor: int, currency: str) -> str:
    """An amount by the locale of the request; whole ones without their zeros: "€30", "€12.50"."""
    return _written(minor, currency, current_locale())


@lru_cache(maxsize=1024)
def _written(minor: int, currency: str, locale: Locale) -> str:
    digits = get_currency_precision(currency)
    amount = Decimal(minor).scaleb(-digits)
    if digits and amount == amount.to_integral_value():
        pattern = locale.currency_formats["standard"].pattern.replace("." + "0" * 2, "")
        return format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
    return format_currency(amount, currency, locale=locale)


def plain_amount(minor: int, currency: str) -> str:
    """For a field of a form and for files: "30", "12.50"; a point whatever the locale."""
    digits = get_currency_precision(currency)
    amount = Decimal(minor).scaleb(-digits)
    return str(int(amount)) if amount == amount.to_integral_value() else str(amount)


def read_money(text: str, currency: str) -> int | None:
    """What somebody typed, in the minor unit: "30", "12,50", "1.200,50"; None where it is no amount.

    The last point or comma begins the fraction, unless exactly three digits follow it and the currency has not three.
    """
    text = "".join(char for char in text if not char.isspace() and char not in "\u00a0\u202f'’")
    digits = get_currency_precision(currency)
    if not text or len(text) > TYPED_MOST or not text.isascii() or any(char not in "0123456789.," for char in text):
        return None
    at = max(text.rfind("."), text.rfind(","))
    tail = text[at + 1 :] if at >= 0 else ""
    if at >= 0 and len(tail) == 3 and digits != 3:
        at, tail = -1, ""
    if len(tail) > digits:
        return None
    whole = (text[:at] if at >= 0 else text).replace(".", "").replace(",", "")
    try:
        return int(Decimal(f"{whole or '0'}.{tail or '0'}").scaleb(digits))
    except InvalidOperation:
        return None


@lru_cache(maxsize=16)
def currencies(locale: Locale) -> tuple[tuple[str, str], ...]:
    """Those in use today, by their name: (code, name)."""
    return tuple(sorted(((code, locale.currencies.get(code, code)) for code in CURRENCIES), key=lambda one: one[1]))


def month_words(month: str) -> str:
    """ "2026-11" as "November 2026"."""
    return format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=current_locale())


CURRENCIES = (
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD",
    "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "KWD", "MAD", "MXN", "MYR", "NOK", "NZD", "PEN", "PHP", "PLN",
    "RON", "RSD", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "USD", "UYU", "VND", "ZAR",
)  # fmt: skip
