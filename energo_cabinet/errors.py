"""Errors a person may be told about. Each carries a code; the words are in i18n under `error.<code>`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any


class CabinetError(Exception):
    """A refusal in the user's words: `error.<code>` with params; `field` names the form field it stands beside."""

    status = 422
    commits = False  # True: what was counted before the refusal (a failed try) is kept

    def __init__(self, code: str, field: str = "", **params: object) -> None:
        super().__init__(code)
        self.code, self.field, self.params = code, field, params


class NotFound(CabinetError):
    """Absent, or not the caller's: a stranger learns nothing more."""

    status = 404

    def __init__(self, code: str = "not_found") -> None:
        super().__init__(code)


class NotSignedIn(CabinetError):
    """The caller is anonymous and the use case is not public."""

    status = 401

    def __init__(self, code: str = "not_signed_in") -> None:
        super().__init__(code)


class StepUpNeeded(CabinetError):
    """The caller has to show once more who they are: what moves money or power is not done by a session left open.

    `by` is "passkey" when nothing else will do.
    """

    status = 403

    def __init__(self, by: str = "") -> None:
        super().__init__("step_up_needed")
        self.by = by


class PermissionDenied(CabinetError):
    """A member without this right."""

    status = 403

    def __init__(self, code: str = "permission_denied") -> None:
        super().__init__(code)


class Conflict(CabinetError):
    """It exists already, or has changed meanwhile."""

    status = 409


class NotStored(CabinetError):
    """The database takes nothing just now: its disk is full or read only, or somebody holds it. Reading goes on."""

    status = 503

    def __init__(self) -> None:
        super().__init__("not_stored")


class TooLarge(CabinetError):
    """More bytes than are taken."""

    status = 413


class TooManyAttempts(CabinetError):
    """A limit was reached; params carry `minutes` until the next try."""

    status = 429

    def __init__(self, minutes: int, code: str = "too_many_attempts", field: str = "") -> None:
        super().__init__(code, field, minutes=minutes)


class Outside(CabinetError):
    """No refusal: a use case needs another system before it can go on.

    The door commits what was written, makes the `call` without a transaction and away from its own threads, and goes on
    with the service `then(session, subject, outcome)`.
    """

    commits = True

    def __init__(self, call: Callable[[], Any], then: Callable[..., Any]) -> None:
        super().__init__("supplier_unavailable", "supplier")
        self.call, self.then = call, then


class ImportRefused(CabinetError):
    """The file is refused; `notices` (formats' Notice) say where and why. Nothing of it is stored."""

    def __init__(self, notices: Sequence[Any]) -> None:
        super().__init__("import_refused", "file")
        self.notices = notices


class InvalidInput(CabinetError):
    """One or more fields are wrong: `fields` maps a field to its error code."""

    def __init__(self, fields: dict[str, str], **params: object) -> None:
        super().__init__(next(iter(fields.values()), "invalid"), next(iter(fields), ""), **params)
        self.fields = fields


class WrongSecret(CabinetError):
    """A password or code did not match; the counted failure is committed."""

    commits = True


class NotActivated(CabinetError):
    """The password is right, the account still waits for its mailed link; the new letter is committed."""

    status = 403
    commits = True

    def __init__(self, code: str = "not_activated") -> None:
        super().__init__(code, "email")


class AccountDisabled(CabinetError):
    """The password is right, an administrator has disabled the account; `supplier`: whose, "" the installation's."""

    status = 403
    commits = True

    def __init__(self, supplier: str, whom: str) -> None:
        super().__init__("account_disabled", "email", whom=whom)
        self.supplier = supplier


class SecondStepNeeded(CabinetError):
    """The password is right, and something is needed too: `token` goes into the browser's cookie.

    `by` is totp, sms or passkey; `passkey`: there is one, whatever else will do.
    """

    status = 401
    commits = True

    def __init__(self, token: str, by: str, passkey: bool = False) -> None:
        super().__init__("second_step_needed")
        self.token, self.by, self.passkey = token, by, passkey
