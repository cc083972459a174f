"""Settings of an installation: the environment, prefix ENERGO_. Every limit and legal number is here."""

from __future__ import annotations

import secrets
import sys
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

STEPS = r"^\d{1,4}:[1-9]\d{0,4}(,\d{1,4}:[1-9]\d{0,4})*$"
WAITS = "ENERGO_WAITS_FOR"
"""Variable with the file whose lock a server awaits until what it serves is prepared; not a setting."""
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    """One installation. Field descriptions are what the README's table and `make help` show."""

    model_config = SettingsConfigDict(env_prefix="ENERGO_", extra="ignore", env_ignore_empty=True)

    mode: Literal["demo", "production"] = Field("demo", description="demo: loopback, demo data, mailbox page")
    data_dir: Path = Field(Path("data"), description="database, letters, attachments")
    database_url: str = Field("", description="sqlite:///… or postgresql+psycopg://…; empty: cabinet.db of data_dir")
    redis_url: str = Field("", description="redis://…; needed by more than one worker")
    public_url: str = Field("", description="address in letters and allowed origin; empty: http://localhost:PORT")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(3000, ge=1, le=65535, description="port to listen on")
    workers: int = Field(1, ge=1, le=64, description="worker processes; more than one needs Redis")
    secret_key: SecretStr = Field(SecretStr(""), description="32+ random characters; the demo makes its own")
    smtp_url: SecretStr = Field(SecretStr(""), description="smtp://user:password@host:587 or smtps://…")
    sms_url: SecretStr = Field(SecretStr(""), description="https://TOKEN@host/path?from=NAME; empty: no SMS codes")
    seal_keys: SecretStr = Field(
        SecretStr(""), description="id:base64,… of 32 bytes, first seals; empty: the secret key"
    )
    supplier_hosts: str = Field(
        "", description="hosts of suppliers' systems, comma-separated, .x.ru with all below; empty: any public one"
    )
    supplier_ca_file: Path | None = Field(None, description="PEM file of authorities that suppliers' certificates need")
    mail_from: str = Field("", description="sender of letters; empty: cabinet@host of the public address")
    log_json: bool = Field(False, description="one JSON object a log line instead of plain text")
    trusted_proxy_hops: int = Field(0, ge=0, le=8, description="proxies in front that set X-Forwarded-For")

    system_name: str = Field("Энерго Кабинет", description="name shown in the header and in letters")
    support_email: str = Field("", description="address shown for questions (Э-73)")
    default_zone: str = Field("Europe/Moscow", description="time zone of a supplier that names none")

    password_min_length: int = Field(8, ge=8, le=64, description="may be raised, never below 8 (Н-14)")
    password_list: Path | None = Field(None, description="file of further passwords to refuse, one a line")
    hide_account_existence: bool = Field(False, description="registration answers alike for known addresses")
    session_idle_hours: int = Field(12, ge=1, description="idle limit of a consumer's session")
    session_remember_days: int = Field(30, ge=1, description="absolute limit; also «Запомнить меня»")
    staff_idle_minutes: int = Field(30, ge=1, description="idle limit of a session of the supplier's staff")
    staff_session_hours: int = Field(12, ge=1, description="absolute limit of a session of the supplier's staff")
    activation_hours: int = Field(24, ge=1, description="life of an activation link")
    reset_minutes: int = Field(30, ge=1, description="life of a password reset link")
    limit_login_account: str = Field("5/15minutes", description="failed sign-ins per account and address")
    limit_login_ip: str = Field("20/hour", description="failed sign-ins per address")
    limit_login_consecutive: int = Field(100, ge=1, description="failures in a row after which only a reset helps")
    limit_second_factor: str = Field("5/10minutes", description="second-factor codes tried per account")
    limit_letter_address: str = Field("3/hour", description="activation and reset letters per recipient")
    limit_letter_ip: str = Field("20/hour", description="registrations and letters per address")
    limit_contract_ip: str = Field("30/hour", description="attempts to link a contract per user")
    limit_ticket_user: str = Field("30/hour", description="tickets and replies of one user")
    ticket_days: int = Field(10, ge=1, description="working days to answer a ticket (cf. ПП РФ № 416, п. 36 [K])")
    ticket_charges_days: int = Field(5, ge=1, description="the same for a ticket about charges [K]")
    quality_percent: Decimal = Field(
        Decimal("0.15"), ge=0, description="% off the month's charge for an hour of bad quality (R-20) [K]"
    )
    quality_source: str = Field("ПП РФ № 354, приложение № 1", description="the act that says so [K]")
    contract_login_tries: int = Field(5, ge=1, description="wrong contract passwords before a lock")
    contract_lock_minutes: int = Field(15, ge=1, description="length of that lock")
    sync_seconds: int = Field(30, ge=1, le=3600, description="a supplier behind the protocol is asked so often")
    limit_reading_user: str = Field("60/hour", description="readings sent per user")
    reading_max_power_kw: float = Field(15, gt=0, description="power assumed without a limit, kW (ПП РФ № 861)")
    limit_attachment_user: str = Field("60/hour", description="files uploaded per user")
    limit_import_member: str = Field("600/hour", description="files of measured values uploaded per member of staff")
    limit_import_token: str = Field("120/minute", description="calls of /api/v1/drop per token")
    import_max_mb: int = Field(64, ge=1, le=64, description="largest file of measured values, MB")
    import_workers: int = Field(0, ge=0, le=16, description="processes that store files; 0: a processor fewer")
    import_keep_days: int = Field(30, ge=1, le=366, description="files of imports are kept so long")
    import_folder: Path | None = Field(None, description="watched folder: a folder per supplier's code in it")
    attachment_quota_mb: int = Field(200, ge=10, description="room for the files of one user, MB")
    pairing_code_seconds: int = Field(60, ge=1, le=60, description="life of a code that joins a phone (Э-72)")
    pairing_confirm_seconds: int = Field(120, ge=10, le=600, description="time to confirm a phone on the computer")
    pairing_shown_minutes: int = Field(10, ge=1, le=60, description="so long the page renews its code by itself")
    device_idle_days: int = Field(90, ge=1, description="a paired application unused for so long must pair again")
    limit_pairing_claim: str = Field("20/15minutes", description="wrong pairing codes per address")
    limit_pairing_user: str = Field("10/hour", description="phones that claim a code per user")
    limit_pairing_code: str = Field("200/hour", description="pairing codes shown per user")
    limit_api: str = Field("300/minute", description="calls of /api/v1 per device, session or address")
    email_undo_days: int = Field(7, ge=1, le=90, description="a change of e-mail can be undone from the old address")
    export_days: int = Field(7, ge=1, le=90, description="life of «Выгрузить мои данные»")
    erasure_days: int = Field(
        30,
        ge=1,
        le=30,
        description="term of erasure (R-37)",
        json_schema_extra={"source": "152-ФЗ, ст. 21, ч. 5"},
    )
    verification_notice_days: int = Field(60, ge=1, le=366, description="a meter's verification is announced so early")
    data_missing_hours: int = Field(48, ge=1, description="silence of a meter after which its owner is notified")
    reading_silent_days: int = Field(45, ge=1, description="silence of a meter read by hand shown to staff")
    imbalance_percent: float = Field(
        2, gt=0, le=100, description="Σ of intervals may differ from registers by so much [K]"
    )
    imbalance_source: str = Field("уставка поставщика", description="where that tolerance comes from")
    bill_due_day: int = Field(15, ge=1, le=28, description="due day (of the next month) of a bill that tells none")
    bill_due_source: str = Field("ЖК РФ, ст. 155, ч. 1", description="where that day comes from")
    penalty_steps: str = Field("31:300,91:130", pattern=STEPS, description="day of delay:N, 1/N of the key rate a day")
    penalty_key_rate_percent: float = Field(9.5, ge=0, le=100, description="key rate for penalties; 0: none are shown")
    penalty_source: str = Field("ЖК РФ, ст. 155, ч. 14", description="where these figures come from")
    payment_purpose: str = Field(
        "Оплата энергии по договору {contract}, счёт {number} за {month}",
        description="payment purpose for the bank",
    )
    voltage_near_percent: float = Field(5, gt=0, le=50, description="deviation of the voltage that is worth a warning")
    voltage_limit_percent: float = Field(10, gt=0, le=50, description="deviation of the voltage that is allowed")
    frequency_limit_hz: float = Field(0.4, gt=0, le=5, description="deviation from 50 Hz that is allowed")
    network_norm_source: str = Field("ГОСТ 32144-2013", description="where these limits of the network come from")
    plan_corridor_percent: float = Field(5.0, gt=0, le=100, description="corridor of a plan that has none of its own")
    near_limit_percent: int = Field(90, ge=1, le=100, description="a value is near its limit from this share on")
    view_minutes: int = Field(30, ge=1, le=240, description="length of a member's view through a customer's eyes")
    limit_search_member: str = Field("120/minute", description="searches of one member of the staff")
    limit_sheet_member: str = Field("60/hour", description="sheets with a contract's login and password per member")
    socket_rate: int = Field(20, ge=1, description="websocket messages a second")
    socket_burst: int = Field(60, ge=1, description="websocket messages at once")
    sockets_per_session: int = Field(10, ge=1, description="open websockets of one login session or visitor")
    sockets_per_ip: int = Field(200, ge=1, description="open websockets of one address")

    @property
    def is_demo(self) -> bool:
        """Whether this is the loopback demo."""
        return self.mode == "demo"

    @property
    def db_url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'cabinet.db').resolve()}"

    @property
    def base_url(self) -> str:
        """The public address without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def origins(self) -> frozenset[str]:
        """Origins whose sockets and form posts are accepted."""
        own = {_origin(self.base_url)}
        if self.is_demo:
            own |= {f"http://{host}:{self.port}" for host in ("localhost", "127.0.0.1")}
        return frozenset(own)

    @property
    def is_secure(self) -> bool:
        """Whether cookies carry Secure and the __Host- prefix (https public address)."""
        return self.base_url.startswith("https://")

    @property
    def sender(self) -> str:
        """The From address of letters."""
        return self.mail_from or f"cabinet@{urlsplit(self.base_url).hostname or 'localhost'}"

    @property
    def key(self) -> bytes:
        """Secret bytes; the demo keeps its own in the data dir, so that its sessions outlive a restart."""
        given = self.secret_key.get_secret_value()
        return given.encode() if given else _demo_key(self.data_dir)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _demo_key(data_dir: Path) -> bytes:
    path = data_dir / "secret.key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_bytes()


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once; a wrong one ends the process with a sentence without its value."""
    try:
        return Settings()
    except ValidationError as error:
        for wrong in error.errors(include_input=False, include_url=False):
            name = f"ENERGO_{'_'.join(str(part) for part in wrong['loc'])}".upper()
            print(f"{name}: {wrong['msg']}.", file=sys.stderr)  # noqa: T201
        sys.exit(1)
