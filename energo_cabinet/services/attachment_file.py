"""An uploaded file on its way to the folder: known by its first bytes, redrawn when it is a picture. No database."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from energo_cabinet.domain.attachment import ALLOWED, HEAD, LARGEST, PICTURES, media_type_of, shown_name
from energo_cabinet.errors import CabinetError, TooLarge
from energo_cabinet.formats.process.picture import PictureRefused, make_anew
from energo_cabinet.gateways.file_folder import FileFolder
from energo_cabinet.models import AttachmentPurpose
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that lies in the folder and has no row yet."""

    key: str
    name: str
    media_type: str
    size: int


def folder() -> FileFolder:
    """Where attachments lie."""
    return FileFolder(get_settings().data_dir / "attachments")


def purpose_of(given: str) -> AttachmentPurpose:
    """The purpose named in an address; CabinetError "invalid" for another word."""
    if given not in set(AttachmentPurpose):
        raise CabinetError("invalid", "purpose")
    return AttachmentPurpose(given)


def keep_file(source: BinaryIO, given_name: str, purpose: AttachmentPurpose) -> KeptFile:
    """Take a file in; attachment_type, attachment_too_large (413), attachment_unreadable, attachment_empty."""
    head = source.read(HEAD)
    source.seek(0)
    kind = media_type_of(head)
    if not head:
        raise CabinetError("attachment_empty", "file")
    if kind not in ALLOWED[purpose]:
        raise CabinetError(f"attachment_type_{purpose.value}", "file")
    files = folder()
    key = files.new_key()
    if kind in PICTURES:
        kind = _redrawn(source, files.path(key))
    else:
        _copy(source, files.path(key))
    files.path(key).chmod(0o600)
    return KeptFile(key, shown_name(given_name, kind), kind, files.path(key).stat().st_size)


def _redrawn(source: BinaryIO, target: Path) -> str:
    """The picture made anew at `target`; the media type it has there."""
    with tempfile.TemporaryDirectory() as name:
        given = Path(name) / "given"
        _copy(source, given)
        try:
            make_anew(given, target)
        except PictureRefused:
            raise CabinetError("attachment_unreadable", "file") from None
    with target.open("rb") as made:
        return media_type_of(made.read(HEAD))


def _copy(source: BinaryIO, target: Path) -> None:
    with target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    if target.stat().st_size > LARGEST:
        target.unlink()
        raise too_large()


def too_large() -> TooLarge:
    """The refusal of a file over LARGEST."""
    return TooLarge("attachment_too_large", "file", megabytes=LARGEST >> 20)
