"""The connection to a supplier's system: which addresses and tokens are taken, the token stays sealed (F-14)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import CabinetError, Conflict, PermissionDenied
from energo_cabinet.gateways.supplier import SupplierUnavailable
from energo_cabinet.models import GatewayKind, Supplier, SupplierAccess
from energo_cabinet.services.supplier.connection import check, client_for, connect_supplier
from tests import cast as make

ADDRESS, TOKEN = "https://supplier.example.org/protocol", "s3cret-token-0001"


@pytest.fixture
def there(session, surroundings):
    return make.supplier(session, "OZ", "Приозёрье")


def connected(session, system, address=ADDRESS, token=TOKEN):
    entry = connect_supplier(session, system, "OZ", address, token)
    session.flush()
    return entry


def test_from_now_on_the_supplier_is_reached_over_the_protocol(session, system, there):
    assert connected(session, system, f"  {ADDRESS}/ ").code == "OZ"
    row = session.exec(select(SupplierAccess)).one()
    assert (row.base_url, row.connected_at, there.gateway) == (ADDRESS, system.at, GatewayKind.HTTP)
    assert client_for(session, there)


def test_the_token_is_kept_sealed_and_for_its_own_row_only(session, system, there):
    connected(session, system)
    other = make.supplier(session, "FAR", "Дальний")
    row = session.exec(select(SupplierAccess)).one()
    assert TOKEN not in row.sealed_token
    stolen = {"base_url": ADDRESS, "sealed_token": row.sealed_token, "connected_at": system.at}
    session.add(SupplierAccess(supplier_id=other.id, **stolen))
    session.flush()
    with pytest.raises(SupplierUnavailable):
        client_for(session, other)


def test_another_address_takes_the_place_of_the_first(session, system, there):
    connected(session, system)
    first = session.exec(select(SupplierAccess.sealed_token)).one()
    connected(session, system, "https://new.example.org", "another-token-02")
    row = session.exec(select(SupplierAccess)).one()
    assert row.base_url == "https://new.example.org" and row.sealed_token != first


@pytest.mark.parametrize(
    ("address", "token", "code"),
    [
        ("http://supplier.example.org", TOKEN, "supplier_address"),
        ("https://10.0.0.1/x", TOKEN, "supplier_address"),
        ("https://169.254.169.254/latest", TOKEN, "supplier_address"),
        ("https://user:pass@supplier.example.org", TOKEN, "supplier_address"),
        ("https://supplier.example.org/?x=1", TOKEN, "supplier_address"),
        ("https://supplier.example.org:port", TOKEN, "supplier_address"),
        ("file:///etc/passwd", TOKEN, "supplier_address"),
        ("", TOKEN, "supplier_address"),
        (ADDRESS, "short", "supplier_token"),
        (ADDRESS, "with a space in it", "supplier_token"),
        (ADDRESS, "line\r\nX-Header: 1", "supplier_token"),
        (ADDRESS, "x" * 501, "supplier_token"),
    ],
)
def test_what_is_not_to_be_reached_is_refused_and_changes_nothing(session, system, there, address, token, code):
    """Addresses inside the network (SSRF) and tokens that would become headers."""
    with pytest.raises(CabinetError) as refused:
        connected(session, system, address, token)
    assert refused.value.code == code
    assert session.exec(select(SupplierAccess)).all() == [] and there.gateway == GatewayKind.LOCAL


def test_hosts_may_be_named_by_the_installation(session, system, there, surroundings):
    surroundings.set(supplier_hosts="supplier.example.org, .kept.example.net")
    assert check(ADDRESS, TOKEN) == ADDRESS and check("https://a.kept.example.net", TOKEN)
    with pytest.raises(CabinetError, match="supplier_address"):
        check("https://evil.example.com", TOKEN)


def test_a_supplier_that_keeps_contracts_here_stays_here(session, system, there):
    make.contract(session, there, "1")
    with pytest.raises(Conflict, match="supplier_keeps_contracts"):
        connected(session, system)
    assert session.get(Supplier, there.id).gateway == GatewayKind.LOCAL


def test_unknown_suppliers_other_callers_and_no_address(session, system, cast, there):
    with pytest.raises(CabinetError, match="unknown_supplier"):
        connect_supplier(session, system, "nobody", ADDRESS, TOKEN)
    with pytest.raises(PermissionDenied):
        connect_supplier(session, cast.grigory, "OZ", ADDRESS, TOKEN)
    with pytest.raises(SupplierUnavailable):
        client_for(session, there)
