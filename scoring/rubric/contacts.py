"""Find mail addresses, numbers, links and names in a draft, and tell the business's own from somebody else's."""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re
from collections.abc import Iterator

from ..folding import fold
from ..text import Span
from .draft import MAIL, Draft

# Seven digits or more with what people put between them, not part of a price, a date or a longer word.
PHONE = re.compile(r"(?<![\w.,/@-])(?:\+|00)?\(?\d{2,5}\)?(?:[ ./-]?\(?\d{2,5}\)?){1,6}(?![\w@])")
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']{2,200}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{2,40}\.){1,3}(?:com|org|net|eu|de|fr|es|it|pt|nl|pl|uk|ie|info|biz|io|app|shop|example|test|ly|me|co|us|ch|at|be|br)(?:/[^\s<>\"']{0,200})?(?![\w@])",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}[.:]\d{2} ?[-–] ?\d{1,2}[.:]\d{2}")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15  # E.164 has no longer ones
# In front of what belongs to the reader, not to us.
_THEIRS = re.compile(
    r"(?<!\w)(?:you|your|ihn?en|ihre[rmn]?|vous|votre|vos|usted|su|le|lei|suo|sua|seu|lhe|u|uw|pan[aią]?|panstwa)"
    r"(?: \w+){0,4}\W*$"
)
_OURS = re.compile(
    r"(?<!\w)(?:us|me|our|my|uns|mich|unser\w*|nous|moi|notre|nos|nuestr\w+|nos|mi|ci|nostr\w+|mio|noss\w+|ons|onze|mij|mijn|"
    r"nas|nasz\w*|mnie|call|ring|dial|write|mail|e-?mail|contact|reach|to|at|an|unter|per|auf|au|par|al|a|llame|escri\w+|"
    r"[ée]cri\w+|appel\w+|joign\w+|scriv\w+|chiam\w+|ligu\w+|escrev\w+|bel|mail|schrijf|zadzwon\w+|napis\w+|pod|na|adres\w*|number|"
    r"nummer|numero|numer\w*|tel|phone|telefon\w*)\W*(?:\w+\W+){0,3}$"
)
# The reader was reached there, or gave it to us: in front of the contact, or in German and Dutch around it.
_REACHED_THEM = re.compile(
    r"(?:ring|rang|rung|call|called|phone|phoned|text|texted|tried|reach|wrote|written|sent|e-?mailed|messaged|contacted)"
    r"(?: \w+){0,3} you(?: \w+){0,4}\W*$|you (?:\w+ ){0,2}(?:gave|left|entered|used|provided|wrote|booked)(?: \w+){0,4}\W*$|"
    r"(?:your|ihre[rnm]?|votre|vos|su|suo|sua|seu|uw|pana|pani|panstwa)(?: \w+){0,3}"
    r" (?:number|mobile|phone|address|mail|e-?mail|account|nummer|handy\w*|telefon\w*|adresse|konto|numero|portable|courriel|compte|"
    r"correo|movil|cuenta|cellulare|indirizzo|telemovel|celular|telefone|endereco|telefoon\w*|adres\w*|rekening|mailbox|skrzynk\w+|"
    r"numer|telefonu)(?:\W*|[^\w,;.!?]+(?:\w+[^\w,;.!?]+){1,3})$|"  # "on your phone, please write to" speaks of two things
    r"vous (?:avons|avions|ai|a|ont) (?:\w+ ){0,2}(?:ecrit|appelee?s?|envoyee?s?|jointe?s?|contactee?s?|laisse)(?: \w+){0,4}\W*$|"
    r"(?:le|les|la|lo) (?:hemos |he |han |ha )?(?:escribi(?:mos|o)?|escrito|llama(?:mos|do)|envia(?:mos|do)|manda(?:mos|do)|contacta(?:mos|do))(?: \w+){0,4}\W*$|"
    r"(?:le|la|vi|l')(?: \w+){0,2} (?:scritt\w+|chiamat\w+|inviat\w+|mandat\w+|contattat\w+|telefonat\w+)(?: \w+){0,4}\W*$|"
    r"(?:lhe|escrevemos|escrevi|ligamos|liguei|enviamos|enviei|mandamos)(?: \w+){0,4}\W*$|"
    r"(?:pisa|dzwoni|zadzwoni|wysla|kontaktowa)l\w*(?: \w+){0,5}\W*$"
)
_WENT_THERE = re.compile(r"(?<!\w)(?:ihnen|sie|u) (?:\w+ ){0,6}$")
_HAVE_GONE = re.compile(
    r"^\W*(?:\w+ ){0,3}(?:geschrieben|geschickt|gesendet|gemailt|angeschrieben|angerufen|erreicht|versucht|zu erreichen|"
    r"gemaild|gestuurd|gebeld|geschreven|verzonden|bereikt|te bereiken)(?!\w)"
)
# Behind these begins what is told to the reader: "I would like to hear from you: name@house.test".
_TOLD_ANEW = re.compile(
    r"(?:^|[:;,.!?)\n-]\s*|(?<!\w)(?:via|per|uber|durch|par|por|tramite|atraves d[eo]|przez) )[\"'(<]?$"
)
_ROLE_MAIL = re.compile(
    r"^(?:care|info|contact|hello|hi|reception|manager|service|services|support|guest|guests|feedback|office|mail|kontakt|"
    r"booking|bookings|reservations?|team|help|privacy|complaints?|quality|frontdesk|praxis|empfang|kundenservice|customer|"
    r"accueil|direction|reservas|atencion|clientes?|qualita|servizio|apoio|cliente|geral|gast\w*|klant\w*|biuro|obsluga|"
    r"recepcja|owner|director|post|service\w*|practice|clinic|hotel|desk|relations)\b"
)


def mails(draft: Draft) -> Iterator[Span]:
    return (match.span() for match in MAIL.finditer(draft.cleaned))


def phones(draft: Draft) -> Iterator[Span]:
    for match in PHONE.finditer(draft.cleaned):
        digits = sum(char.isdigit() for char in match.group())
        if _FEWEST_DIGITS <= digits <= _MOST_DIGITS and not _DATE.search(match.group()):
            yield match.span()


def links(draft: Draft) -> Iterator[Span]:
    return (match.span() for match in LINK.finditer(draft.cleaned) if "@" not in match.group())


def is_own(draft: Draft, span: Span) -> bool:
    """Whether a contact is the business's own: as the caller lists them, else as the words around it say."""
    found = _bare(draft.text[slice(*span)])
    own = [_bare(contact) for contact in draft.context.own_contacts]
    if any(
        found == contact or (len(found) > 6 and (found in contact or contact in found)) for contact in own if contact
    ):
        return True
    before = draft.folded[max(draft.sentence_at(span[0])[0], span[0] - 60) : span[0]]
    behind = draft.folded[span[1] : span[1] + 60]
    if _REACHED_THEM.search(before) or (_WENT_THERE.search(before) and _HAVE_GONE.match(behind)):
        return False
    if _ROLE_MAIL.match(fold(draft.text[slice(*span)])):
        return True
    return bool(_TOLD_ANEW.search(before) or _OURS.search(before)) or not _THEIRS.search(before)


def _bare(contact: str) -> str:
    return re.sub(r"[\s()./-]|^(?:https?:)?(?:www)?", "", fold(contact))
