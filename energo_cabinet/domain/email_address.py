"""E-mail addresses: how one is stored and looked for, and whether its letters pretend to be others.

The syntax and the domain (small letters, IDNA) are email-validator's. Of the part before the @ only small and capital
letters are made one, and only where a capital has exactly one small letter: case folding would make «straße» «strasse»
and «ﬁ» «fi», which are other mailboxes (RFC 5321, 2.4: that part is its host's business).

Scripts are told by the names of the characters: the standard library has no script property, and of the alphabets that
have look-alikes (UTS 39) the names begin with it. A list of confusable pairs would only repeat that.
"""

from __future__ import annotations

import unicodedata

from email_validator import EmailNotValidError, validate_email

LONGEST = 254


def normal_address(value: object) -> str | None:
    """The address as it is stored; None for what is none. No DNS is asked."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    try:
        # Special-use domains (.test, .local) are real on an installation of one's own.
        found = validate_email(value.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return f"{''.join(_small(sign) for sign in found.local_part)}@{found.domain}"


def mixes_scripts(address: str) -> bool:
    """Whether letters of different alphabets stand in one name, or others than Latin before a Latin domain.

    vеra@ with a Cyrillic «е» does; vera@почта.рф and вера@почта.рф do not.
    """
    local, _, domain = address.rpartition("@")
    labels = [_scripts(label) for label in domain.split(".")]
    own = _scripts(local)
    foreign = bool(own) and "LATIN" not in own and not set().union(*labels) - {"LATIN"}
    return foreign or any(len(scripts) > 1 for scripts in (own, *labels))


def _small(sign: str) -> str:
    small = sign.lower()
    return small if len(small) == 1 else sign


def _scripts(name: str) -> set[str]:
    return {unicodedata.name(sign, "UNKNOWN").partition(" ")[0] for sign in name if sign.isalpha()}
