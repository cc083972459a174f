"""Where machines leave files, told to the staff of imports."""

from __future__ import annotations

import pytest

from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import StaffRoleName
from energo_cabinet.services.imports.setup import ImportSetup, import_setup
from tests import cast as make


def test_the_address_is_the_public_one_and_the_folder_is_the_suppliers_own(session, cast, surroundings, tmp_path):
    surroundings.set(public_url="https://cabinet.example.org/", import_folder=tmp_path)
    address = "https://cabinet.example.org/api/v1/drop"
    assert import_setup(session, cast.grigory) == ImportSetup(address, str(tmp_path / "NEKTA"))
    assert import_setup(session, cast.darya) == ImportSetup(address, str(tmp_path / "FAR"))


def test_without_a_watched_folder_none_is_named(session, cast, surroundings):
    surroundings.set(port=4711)
    assert import_setup(session, cast.grigory) == ImportSetup("http://localhost:4711/api/v1/drop", "")


def test_a_path_of_the_server_is_for_the_staff_of_imports_alone(session, cast):
    operator = make.staff(session, "o@example.org", "Ольга", cast.supplier, StaffRoleName.OPERATOR)
    for who in (cast.anna, operator):
        with pytest.raises(PermissionDenied):
            import_setup(session, who)
