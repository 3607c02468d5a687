"""Files that people attach to a case: looked at by their content, cleaned, and told what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from werkzeug.datastructures import FileStorage

from db.attachments import NewAttachment
from db.errors import BadValue
from db.models import AttachmentKind
from db.phrases import say

from .letters import MAIL_MOST, Letter, NotAMail, read_letter
from .pictures import PICTURE_MOST, NotAPicture, clean_picture

AT_ONCE: Final = 4  # files in one form
UPLOAD_MOST: Final = 24 * 1024 * 1024  # bytes of one form
TEXT: Final = "text/plain; charset=utf-8"


def read_files(files: Iterable[FileStorage]) -> tuple[list[NewAttachment], Letter | None]:
    """What is to be kept of them, and the first mail among them.

    Raises:
        BadValue: there are too many, or one is too large or neither a picture nor a mail.
    """
    found: list[NewAttachment] = []
    letters: list[Letter] = []
    sent = [file for file in files if file.filename]
    if len(sent) > AT_ONCE:
        raise BadValue(say("Attach %(most)s files at a time at most.", most=AT_ONCE))
    for file in sent:
        data = file.stream.read(max(PICTURE_MOST, MAIL_MOST) + 1)
        name = str(file.filename).replace("\\", "/").rpartition("/")[2]
        if len(data) > max(PICTURE_MOST, MAIL_MOST):
            raise BadValue(say("%(name)s is larger than 10 MB. Send it smaller.", name=name))
        try:
            picture = clean_picture(data)
            found.append(
                NewAttachment(kind=AttachmentKind.PICTURE, media_type=picture.media_type, name=name, data=picture.data)
            )
            continue
        except NotAPicture as error:
            if not _may_be_mail(data):
                raise BadValue(_neither(name)) from error
        try:
            letter = read_letter(data)
        except NotAMail as error:
            raise BadValue(_neither(name)) from error
        letters.append(letter)
        found.append(
            NewAttachment(kind=AttachmentKind.MAIL, media_type=TEXT, name=name, data=letter.text.encode("utf-8"))
        )
    return found, letters[0] if letters else None


def _neither(name: str) -> str:
    return say("%(name)s is neither a JPEG, PNG or WebP picture nor a mail (.eml) that can be read.", name=name)


def _may_be_mail(data: bytes) -> bool:
    """Text that begins with headers: whatever else it may be, no program takes it for a picture."""
    head = data[:4096]
    return b"\0" not in head and b":" in head.partition(b"\n")[0]
