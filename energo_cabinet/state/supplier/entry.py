"""The front door: regions to choose from, and a supplier's own entry page (Э-1…Э-19)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.routes import supplier_logo
from energo_cabinet.services.supplier.entry import RegionChoice, SupplierEntryPage, entry_page, list_regions
from energo_cabinet.state.base import CabinetState


@access("public")
class EntryState(CabinetState, rx.State):
    """`status` is "loading", "ready", "missing" or "failed"; `region` "" until one is chosen."""

    status: str = "loading"
    regions: list[dict[str, str]] = []
    region: str = ""
    supplier: dict[str, str] = {}

    @rx.event
    async def load(self):
        """The welcome page and the form: everybody's regions."""
        self.status, self.supplier = "loading", {}
        try:
            self._offer(await self._ask(list_regions))
        except CabinetError:
            self.status = "failed"

    @rx.event
    async def load_supplier(self):
        """`/s/<code>`: that supplier's regions and brand."""
        self.status = "loading"
        try:
            shown = await self._ask(entry_page, self.router.url.path.rstrip("/").rpartition("/")[2])
        except NotFound:
            self.status, self.regions, self.supplier = "missing", [], {}
            return
        self.supplier = _shown(shown)
        self._offer(list(shown.regions))

    @rx.event
    async def choose_region(self, value: str):
        """A region of the list; anything else is none."""
        self.region = value if any(region["value"] == value for region in self.regions) else ""

    def _offer(self, found: list[RegionChoice]) -> None:
        self.regions = [{"value": str(r.id), "label": r.title} for r in found]
        known = [region["value"] for region in self.regions]
        wanted = self.router.url.query_parameters.get("region", "") or self.region
        self.region = wanted if wanted in known else known[0] if len(known) == 1 else ""
        self.status = "ready"


def _shown(page: SupplierEntryPage) -> dict[str, str]:
    return {
        "name": page.name,
        "colour": page.colour,
        "welcome": page.welcome_text,
        "logo": supplier_logo(page.code, page.logo) if page.logo else "",
        "phone": page.phone,
        "email": page.email,
        "website": page.website if page.website.startswith(("https://", "http://")) else "",
        "address": page.address,
    }
