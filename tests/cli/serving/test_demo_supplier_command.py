"""`demo-supplier` in a process of its own, and `supplier connect` to it."""

from __future__ import annotations

import os
import sys

import pytest
from sqlmodel import Session, select

from energo_cabinet.cli import main
from energo_cabinet.database import get_engine
from energo_cabinet.gateways.circuit import forget_circuits
from energo_cabinet.models import GatewayKind, Supplier, SupplierAccess
from tests import cast as make
from tests.servers import free_port, running


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def serve(installation, port):
    """Runs the command with further arguments."""
    command = [sys.executable, "-m", "energo_cabinet", "demo-supplier", "--port", str(port)]
    environment = os.environ | {"ENERGO_DATA_DIR": str(installation.data_dir)}
    forget_circuits()
    with Session(get_engine()) as session:
        make.supplier(session, "OZ", "Приозёрье")
        session.commit()
    return lambda *more: running([*command, *more], port, "demo-supplier", env=environment)


def connect(port, installation):
    """Connect as an administrator would; the exit code and the token."""
    token = (installation.data_dir / "supplier" / "token").read_text()
    address = ["--url", f"http://127.0.0.1:{port}/v1", "--token", token]
    return main(["supplier", "connect", "--code", "OZ", *address]), token


def test_supplier_is_asked_and_connected(serve, port, installation, capsys):
    with serve():
        code, token = connect(port, installation)
    assert code == 0
    said = capsys.readouterr().out
    assert "answers: Приозёрье Энергосбыт" in said and token not in said
    with Session(get_engine()) as session:
        assert session.exec(select(Supplier)).one().gateway == GatewayKind.HTTP


def test_broken_supplier_is_not_connected(serve, port, installation, capsys):
    with serve("--faults", "/info=garbage"):
        code, token = connect(port, installation)
    assert code == 1
    assert token not in capsys.readouterr().err
    with Session(get_engine()) as session:
        assert session.exec(select(SupplierAccess)).all() == []


def test_unknown_fault_is_refused(installation, capsys):
    assert main(["demo-supplier", "--faults", "flood"]) == 1
    assert "flood" in capsys.readouterr().err
