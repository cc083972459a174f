"""Phone numbers of the country code +7 in E.164."""

from __future__ import annotations

import re

_ALLOWED = re.compile(r"[+\d\s().\-]{10,25}")


def phone_words(value: str) -> str:
    """«+7 900 000-18-42» for a number as `normal_phone` gives it; anything else as it is."""
    found = re.fullmatch(r"\+7(\d{3})(\d{3})(\d{2})(\d{2})", value)
    return "+7 {} {}-{}-{}".format(*found.groups()) if found else value


def normal_phone(value: str) -> str | None:
    """`+7` and ten digits for any usual spelling (`8 (912) 345-67-89`, `+7 912…`); None for anything else."""
    if not _ALLOWED.fullmatch(value) or "+" in value.strip()[1:]:
        return None
    digits = "".join(c for c in value if c in "0123456789")
    if value.strip().startswith("+"):
        digits = digits.removeprefix("7") if digits.startswith("7") else ""
    elif len(digits) == 11 and digits[0] in "78":
        digits = digits[1:]
    return f"+7{digits}" if len(digits) == 10 and digits[0] in "3456789" else None
