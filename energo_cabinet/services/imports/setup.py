"""Where machines leave files: the address of the HTTP drop and the watched folder."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.supplier_access import own_supplier
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class ImportSetup:
    """`folder`: the supplier's watched folder on the server, "" where none is set."""

    address: str
    folder: str


@service("staff:imports", "import.setup", audited=False)
def import_setup(session: Session, subject: Subject) -> ImportSetup:
    """What the member's supplier sends files to."""
    supplier, settings = own_supplier(session, subject), get_settings()
    folder = str(settings.import_folder / supplier.code) if settings.import_folder else ""
    return ImportSetup(f"{settings.base_url}/api/v1/drop", folder)
