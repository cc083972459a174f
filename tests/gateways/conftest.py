"""A demo supplier for the tests of a module, well again for each of them."""

import pytest

from tests.gateways.demo_supplier import demo_supplier


@pytest.fixture(scope="module")
def running_supplier(tmp_path_factory):
    with demo_supplier(tmp_path_factory.mktemp("supplier")) as made:
        yield made


@pytest.fixture
def supplier(running_supplier):
    running_supplier.heal()
    return running_supplier
