"""Nothing of a visitor leaves for another host, and no page breaks: the `watch` fixture looks on."""

from __future__ import annotations

from urllib.parse import urlsplit

from energo_cabinet.demo.places import ANNA, PASSWORD
from tests.e2e.addresses import PUBLIC, SIGNED_IN
from tests.e2e.browsing import enters, settled


def test_no_page_asks_a_foreign_host_or_breaks(demo, page, watch):
    """Also those that only a signed-in person sees; 404 of an unknown address is the one console message."""
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).hostname))
    for address in (*PUBLIC.values(), None, *SIGNED_IN.values()):
        if address is None:
            enters(page, demo, ANNA, PASSWORD)
        else:
            page.goto(demo.url + address)
            settled(page)
    assert hosts == {"localhost"}
    assert [error for error in watch.errors if "/nothing-here" not in error] == []
    watch.forget()
