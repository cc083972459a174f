"""Names and ids of attachments hold for whatever a browser sends."""

from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.attachment import LONGEST_NAME, attachment_ids, media_type_of, shown_name


@given(st.text(max_size=400))
def test_a_name_is_short_printable_and_ends_as_the_file_is(name):
    shown = shown_name(name, "image/jpeg")
    assert shown.endswith(".jpg")
    assert 5 <= len(shown) <= LONGEST_NAME
    assert not set(shown) & set('/\\\r\n\x00"<>')


@given(st.text(max_size=80) | st.integers() | st.none() | st.lists(st.integers()))
def test_ids_are_distinct_whole_numbers_that_a_table_can_hold(text):
    ids = attachment_ids(text)
    assert len(ids) == len(set(ids)) <= 20
    assert all(0 <= number < 10**9 for number in ids)


def test_ids_as_the_form_sends_them():
    assert attachment_ids("12,15, 12,x,-3,٣") == [12, 15]


@given(st.binary(max_size=40))
def test_only_four_kinds_are_known(head):
    assert media_type_of(head) in {"", "image/jpeg", "image/png", "image/heic", "application/pdf"}
