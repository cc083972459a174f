"""Over https the certificate must be of the supplier's name and of a known authority."""

from __future__ import annotations

import pytest

from energo_cabinet.gateways.circuit import Circuit
from energo_cabinet.gateways.safe_wire import Reach
from energo_cabinet.gateways.supplier import SupplierUnavailable
from energo_cabinet.gateways.supplier_http import HttpSupplier
from energo_cabinet.gateways.supplier_wire import Wire
from tests.gateways.certificate import self_signed
from tests.gateways.demo_supplier import FLAT, PASSWORD, TOKEN, demo_supplier

NAME = "api.supplier.example"


@pytest.fixture(scope="module")
def https(tmp_path_factory):
    """(port, authority) of a supplier with a certificate for NAME."""
    folder = tmp_path_factory.mktemp("https")
    certificate, key = self_signed(folder, NAME)
    with demo_supplier(folder, tls=(certificate, key)) as made:
        yield made.port, str(certificate)


def client(https, host=NAME, ca_file=None):
    reach = Reach(loopback=True, ca_file=https[1] if ca_file is None else ca_file)
    return HttpSupplier(Wire(f"https://{host}:{https[0]}/v1", TOKEN, reach, Circuit(), lambda *_: ["127.0.0.1"]))


def test_supplier_of_that_name_is_reached(https):
    reached = client(https)
    assert reached.link(FLAT.login, PASSWORD).ref == FLAT.contract
    assert reached.profile(FLAT.contract).items


@pytest.mark.parametrize("case", [{"host": "other.example"}, {"ca_file": ""}])
def test_other_name_or_unknown_authority_is_refused(https, case):
    with pytest.raises(SupplierUnavailable):
        client(https, **case).info()
