"""Registration and activation (Э-20…40, Н-9…20, R-37; SECURITY 2.1, 2.3)."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from energo_cabinet.auth.access import Subject
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, TooManyAttempts, WrongSecret
from energo_cabinet.models import Consent, OneTimeCode, OutboxLetter, User, UserStatus
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.registration import consent_text
from tests.cast import NOW

FORM = account.Registration(
    full_name="Соколова Анна Викторовна",
    phone="8 (912) 345-67-89",
    email="Anna@Example.org",
    password="Синий трактор 7",
    password2="Синий трактор 7",
    terms=True,
    personal_data=True,
)

pytestmark = pytest.mark.usefixtures("surroundings")


def visitor(at=NOW, language="ru"):
    return Subject("anonymous", at, ip="192.0.2.1", language=language)


def register(session, who=None, **changes):
    account.register(session, who or visitor(), replace(FORM, **changes))
    session.flush()


def wrong_fields(session, **changes):
    with pytest.raises(InvalidInput) as caught:
        register(session, **changes)
    return caught.value.fields


def letters(session):
    return session.exec(select(OutboxLetter).order_by(OutboxLetter.id)).all()


def key_in(letter):
    link = re.search(r"https?://\S+", letter.text)[0]
    return parse_qs(urlsplit(link).query)["key"][0]


def the_user(session):
    return session.exec(select(User)).one()


def test_application_waits_for_its_link(session):
    register(session, address="Лесная, 7", contract_number="7638", consumer_class="flat")
    user = the_user(session)
    assert user.status == UserStatus.PENDING
    assert (user.email, user.phone) == ("anna@example.org", "+79123456789")
    assert (user.address, user.contract_number, user.consumer_class) == ("Лесная, 7", "7638", "flat")
    assert user.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_letter_has_the_seeds_words_and_the_link_in_text_and_html(session, surroundings):
    surroundings.set(system_name="Ромашка-Энерго", public_url="https://lk.example.org")
    register(session)
    (letter,) = letters(session)
    assert letter.to_email == "anna@example.org"
    assert "Вы получили это письмо, т.к. подали заявку на регистрацию в системе Ромашка-Энерго." in letter.text
    assert "Чтобы активировать Вашу учетную запись, Вам необходимо пройти по ссылке" in letter.text
    link = f"https://lk.example.org/activate?key={key_in(letter)}"
    assert link in letter.text
    assert f'<a href="{link}"' in letter.html


def test_letter_is_in_the_visitors_language(session):
    register(session, who=visitor(language="en"))
    assert "applied for registration" in letters(session)[0].text


def test_markup_in_a_name_stays_text(session, surroundings):
    surroundings.set(system_name="<b>Ромашка</b>")
    register(session)
    assert "<b>Ромашка" not in letters(session)[0].html


def test_both_consents_are_kept_with_version_and_digest_of_the_text_shown(session):
    register(session)
    rows = session.exec(select(Consent).order_by(Consent.id)).all()
    assert [row.purpose for row in rows] == ["terms", "personal_data"]
    for row in rows:
        assert (row.text_version, row.text_sha256) == consent_text(row.purpose, "ru")
        assert (row.given_at, row.ip, row.channel) == (NOW, "192.0.2.1", "web")


@pytest.mark.parametrize("box", ["terms", "personal_data"])
@pytest.mark.parametrize("value", [False, "on", 1, None])
def test_each_consent_is_needed_and_only_a_ticked_box_is_one(session, box, value):
    assert wrong_fields(session, **{box: value}) == {box: "consent_required"}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("full_name", "", "required"),
        ("full_name", " ", "required"),
        ("full_name", "а" * 201, "text_too_long"),
        ("full_name", "Анна\r\nBcc: x@example.org", "invalid_characters"),
        ("full_name", {"a": 1}, "wrong_type"),
        ("phone", "", "required"),
        ("phone", "12345", "phone_invalid"),
        ("phone", None, "required"),
        ("email", "", "required"),
        ("email", "anna", "email_invalid"),
        ("email", "a@b@c.org", "email_invalid"),
        ("email", "anna@example.org\nBcc: x@example.org", "email_invalid"),
        ("email", "a" * 250 + "@example.org", "email_invalid"),
        ("email", ["anna@example.org"], "required"),
        ("password", "short", "password_too_short"),
        ("password", "password1", "password_common"),
        ("password", None, "wrong_type"),
        ("password2", "Синий трактор 8", "passwords_differ"),
        ("address", "а" * 301, "text_too_long"),
        ("address", 7, "wrong_type"),
        ("contract_number", "1\x00", "invalid_characters"),
        ("consumer_class", "palace", "wrong_type"),
        ("consumer_class", ["flat"], "wrong_type"),
    ],
)
def test_each_field_is_checked_and_named(session, field, value, code):
    assert wrong_fields(session, **{field: value}) == {field: code}


def test_all_wrong_fields_are_named_at_once_and_nothing_is_stored(session):
    wrong = wrong_fields(session, full_name="", email="x", terms=False)
    assert list(wrong) == ["full_name", "email", "terms"]
    assert session.exec(select(User)).all() == []


@pytest.mark.parametrize("text", ["'; DROP TABLE user_account--", "<script>alert(1)</script>", "{system}", "%s {0}"])
def test_any_printable_text_is_a_name_and_is_kept_as_it_is(session, text):
    register(session, full_name=text)
    assert the_user(session).full_name == text


def test_link_activates_once(session):
    register(session)
    key = key_in(letters(session)[0])
    account.activate(session, visitor(), key, FORM.password)
    session.refresh(user := the_user(session))
    assert user.status == UserStatus.ACTIVE
    refuse(session, key)


def refuse(session, key, at=NOW):
    with pytest.raises(CabinetError) as caught:
        account.activate(session, visitor(at), key, FORM.password)
    assert caught.value.code == "invalid_code"


def test_link_dies_after_24_hours(session):
    register(session)
    key = key_in(letters(session)[0])
    refuse(session, key, NOW + timedelta(hours=24))
    account.activate(session, visitor(NOW + timedelta(hours=23, minutes=59)), key, FORM.password)


@pytest.mark.parametrize("key", ["", "x", "x" * 1_000_000, None, 7, ["a"], "\x00", "' OR 1=1"])
def test_any_other_key_is_refused(session, key):
    refuse(session, key)


def test_database_keeps_only_the_hash_of_a_256_bit_key(session):
    register(session)
    key = key_in(letters(session)[0])
    assert len(key) >= 43
    kept = repr(session.exec(select(OneTimeCode)).one().model_dump())
    assert key not in kept and FORM.password not in kept


OTHER = {"full_name": "Чужой", "password": "Жёлтый трактор 8", "password2": "Жёлтый трактор 8"}


def test_each_application_keeps_its_own_link_password_and_data(session):
    """Registering again is no dead end, and the second replaces nothing of the first."""
    register(session)
    register(session, **OTHER)
    first, second = (key_in(letter) for letter in letters(session))
    for key, password in ((first, OTHER["password"]), (second, FORM.password), (second, "x")):
        with pytest.raises(WrongSecret) as caught:
            account.activate(session, visitor(), key, password)
        assert (caught.value.code, caught.value.field) == ("wrong_application_password", "password")
    account.activate(session, visitor(), second, OTHER["password"])
    assert account.sign_in(session, visitor(), "anna@example.org", OTHER["password"], False)
    assert the_user(session).full_name == "Чужой"
    refuse(session, first)
    assert len(session.exec(select(Consent)).all()) == 4


def test_a_stranger_s_application_takes_no_account_over(session):
    """RC-1 1b: Vera applies, the attacker applies for her address with HIS password before she clicks."""
    register(session)
    register(session, **OTHER)
    hers, his = (key_in(letter) for letter in letters(session))
    with pytest.raises(WrongSecret):  # the newer letter in her mailbox is his: her password is none of it
        account.activate(session, visitor(), his, FORM.password)
    account.activate(session, visitor(), hers, FORM.password)
    assert the_user(session).full_name == FORM.full_name
    with pytest.raises(WrongSecret):
        account.sign_in(session, visitor(), FORM.email, OTHER["password"], False)
    assert account.sign_in(session, visitor(), FORM.email, FORM.password, False)


def test_guesses_at_an_application_are_counted(session):
    register(session)
    key = key_in(letters(session)[0])
    for _ in range(5):
        with pytest.raises(WrongSecret):
            account.activate(session, visitor(), key, "x")
    with pytest.raises(TooManyAttempts):
        account.activate(session, visitor(), key, FORM.password)


@pytest.mark.parametrize("password", ["", None, 7, ["a"]])
def test_activation_asks_for_the_password(session, password):
    register(session)
    with pytest.raises(InvalidInput) as caught:
        account.activate(session, visitor(), key_in(letters(session)[0]), password)
    assert caught.value.fields == {"password": "required"}


def activated(session):
    register(session)
    account.activate(session, visitor(), key_in(letters(session)[0]), FORM.password)


def test_known_address_is_named_in_the_seeds_words(session):
    """Н-17."""
    activated(session)
    with pytest.raises(Conflict) as caught:
        register(session, email="ANNA@example.ORG")
    assert (caught.value.code, caught.value.field) == ("email_taken", "email")


def test_hidden_existence_answers_alike_and_tells_the_owner(session, surroundings):
    activated(session)
    surroundings.set(hide_account_existence=True)
    before = the_user(session).model_dump()
    register(session, full_name="Чужой", password="Жёлтый трактор 8", password2="Жёлтый трактор 8")
    assert the_user(session).model_dump() == before
    assert "уже есть" in letters(session)[-1].text


def test_one_address_gets_at_most_three_letters_an_hour(session):
    for _ in range(3):
        register(session)
    with pytest.raises(TooManyAttempts):
        register(session)
    assert len(letters(session)) == 3


def test_one_visitor_registers_at_most_twenty_times_an_hour(session, surroundings):
    surroundings.set(limit_letter_ip="4/hour")
    for number in range(4):
        register(session, email=f"user{number}@example.org")
    with pytest.raises(TooManyAttempts):
        register(session, email="user5@example.org")
