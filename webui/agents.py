"""What a browser is called, from how it calls itself: enough to know one's own again."""

from __future__ import annotations

from .i18n import gettext

# In this order: each calls itself by the names that come after it as well.
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
            "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari"}  # fmt: skip
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "macOS",
           "CrOS": "ChromeOS", "Linux": "Linux"}  # fmt: skip


def agent_words(agent: str) -> str:
    """Such as "Firefox, Linux"."""
    known = [next((name for sign, name in table.items() if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in known if name) or gettext("An unknown browser")
