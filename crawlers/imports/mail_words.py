"""Words by which notification mails of review platforms are read, in the languages they come in.

Constructed from what such mails say in public help pages; no real mail could be checked.
"""

from __future__ import annotations

import re

_NAME = r"(?P<name>[^\W\d_][^\n:;!?<>@]{0,58}?)"

# A row of stars, with or without empty ones.
STARS = re.compile(r"((?:[★⭐]\ufe0f?){1,5}½?(?:[☆✩]\ufe0f?){0,5})")

RATING = re.compile(
    r"(?:(?<![\d.,/])(\d{1,2}(?:[.,]\d)?\s?/\s?(?:5|10))(?![\d/])"
    r"|(?<![\d.,/])(\d{1,2}(?:[.,]\d)?\s(?:out of|von|sur|su|de|van|av|z|iz)\s(?:5|10))(?:\s\w+)?\b"
    r"|(?<![\d.,/])(\d(?:[.,]\d)?)[\s-](?:stars?|sterne?|étoiles?|estrellas?|stell[ae]|estrelas?|sterren|ster|gwiazd\w*|hvězd\w*"
    r"|stjern\w*|stjärn\w*|stele|yıldız)\b"
    r"|(?:rating|bewertung|note|calificación|valutazione|nota|score|ocena|betyg)\s?:\s?(\d(?:[.,]\d)?)(?![\d/.,]))",
    re.IGNORECASE,
)

_LEFT = (
    r"(?:has\s+)?(?:just\s+)?(?:left|wrote|posted|submitted|published|gave)\s+(?:you\s+|us\s+)?(?:an?\s+)?(?:new\s+)?"
)

AUTHOR = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "Anna left a review", "Anna hat eine Bewertung abgegeben", "Anna a laissé un avis"
        rf"^\W*{_NAME}\s+{_LEFT}(?:\S+\s+){{0,3}}review",
        rf"^\W*{_NAME}\s+(?:has\s+)?(?:reviewed|rated)\s+\S",
        rf"^\W*{_NAME}\s+hat\s+.{{0,80}}(?:bewert|rezension)",
        rf"^\W*{_NAME}\s+a\s+(?:laissé|publié|écrit|rédigé)\s+.{{0,40}}(?:avis|commentaire)",
        rf"^\W*{_NAME}\s+(?:ha\s+)?(?:dejado|escrito|publicado|dejó|escribió)\s+.{{0,40}}(?:reseña|opinión)",
        rf"^\W*{_NAME}\s+ha\s+(?:lasciato|scritto|pubblicato)\s+.{{0,40}}recensione",
        rf"^\W*{_NAME}\s+(?:deixou|escreveu|publicou)\s+.{{0,40}}avaliação",
        rf"^\W*{_NAME}\s+heeft\s+.{{0,60}}(?:beoordeling|recensie|review)",
        rf"^\W*{_NAME}\s+har\s+.{{0,60}}(?:anmeldelse|omdöme|recension)",
        # "New review from Anna", "Neue Bewertung von Anna"
        rf"(?:review|rating|feedback)\s+(?:from|by)\s+{_NAME}(?:\s+(?:on|for|about)\s.*)?$",
        rf"(?:bewertung|rezension)\s+von\s+{_NAME}(?:\s+(?:für|auf|zu)\s.*)?$",
        rf"(?:avis|commentaire)\s+(?:de|par)\s+{_NAME}(?:\s+(?:sur|pour)\s.*)?$",
        rf"(?:reseña|opinión|avaliação)\s+de\s+{_NAME}(?:\s+(?:sobre|en|para)\s.*)?$",
        rf"recensione\s+(?:di|da)\s+{_NAME}(?:\s+(?:su|per)\s.*)?$",
        rf"(?:beoordeling|recensie)\s+van\s+{_NAME}(?:\s+(?:over|op|voor)\s.*)?$",
        rf"^(?:name|reviewer|author|guest|customer|gast|kunde|verfasser|auteur|client|autor|cliente|autore)\s?:\s?{_NAME}$",
    )
)


# name, its hosts, and how its mails name the guest, before the general patterns
def _names(pattern: str) -> tuple[re.Pattern[str], ...]:
    return (re.compile(pattern, re.IGNORECASE),)


SENDERS: tuple[tuple[str, str, tuple[re.Pattern[str], ...]], ...] = (
    ("google", r"google\.com", _names(rf"^\W*{_NAME}\s+left a review for\s")),
    ("tripadvisor", r"tripadvisor\.[a-z.]{2,7}", _names(rf"new review (?:from|by) {_NAME}\s*(?:\||$)")),
    ("yelp", r"yelp\.[a-z.]{2,7}", _names(rf"^\W*{_NAME} just (?:wrote a review|reviewed)")),
    ("trustpilot", r"trustpilot\.[a-z.]{2,7}", _names(rf"^\W*{_NAME} (?:wrote|has written) a \d-star review")),
    ("facebook", r"facebookmail\.com|facebook\.com", _names(rf"^\W*{_NAME} (?:recommends|doesn['’]t recommend) ")),
    ("booking", r"booking\.com", ()),
    ("thefork", r"thefork\.[a-z.]{2,7}|lafourchette\.com", ()),
)

# What a mail program writes above a mail that it forwards.
FORWARDED = re.compile(
    r"^[ \t]*(?:-{3,}|_{5,}|Begin forwarded message|Anfang der weitergeleiteten)"
    r"[^\n]{0,80}(?:\n[ \t]*){1,3}(?=[^\n:]{2,20}:[^\n])",
    re.MULTILINE | re.IGNORECASE,
)
LABEL = re.compile(
    r"\W{0,2}(from|sent|date|subject|to|cc|reply-to|von|gesendet|datum|betreff|an|de|envoyé|objet"
    r"|à|para|asunto|fecha|da|data|oggetto|a)\W{0,2}\s?:\W{0,2}(.*)",
    re.IGNORECASE,
)

QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{15,20000})[”“»\"]")

BOILERPLATE = re.compile(
    r"unsubscribe|abmelden|désabonner|darse de baja|cancell|privacy|datenschutz|do not reply|nicht antworten|all rights"
    r"|©|this (?:e-?mail|message) was sent"
    r"|reply to (?:this|the) review|read (?:the )?(?:full )?review|see (?:the )?review"
    r"|view (?:the )?review|manage your|business profile|you(?:'re| are) receiving|congratulations|kind regards"
    r"|diese e-mail|vous recevez|bewertung ansehen|voir l['’]avis",
    re.IGNORECASE,
)
