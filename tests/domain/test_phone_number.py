"""Phone numbers (Э-25, Н-12, Н-13)."""

import pytest

from energo_cabinet.domain.phone_number import normal_phone, phone_words


@pytest.mark.parametrize(
    "typed", ["+79123456789", "8 (912) 345-67-89", "+7 912 345 67 89", "79123456789", "9123456789", "8-912-345-67-89"]
)
def test_usual_spellings_mean_one_number(typed):
    assert normal_phone(typed) == "+79123456789"


@pytest.mark.parametrize(
    "typed",
    [
        *("", "123", "+19123456789", "+7912345678", "891234567890", "9123456789x", "+7+9123456789", "٩١٢٣٤٥٦٧٨٩"),
        *("1" * 10, "'; DROP TABLE user_account--", "9" * 1_000_000),
    ],
)
def test_anything_else_is_no_number(typed):
    assert normal_phone(typed) is None


@pytest.mark.parametrize(("kept", "shown"), [("+79000001842", "+7 900 000-18-42"), ("", ""), ("112", "112")])
def test_number_in_groups_as_people_write_it(kept, shown):
    assert phone_words(kept) == shown
    assert normal_phone(phone_words(kept)) == (kept if len(kept) == 12 else None)
