"""Where an installation stands and what it is called: mode, databases, addresses, secrets, other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr

from energo_cabinet.settings.kinds import (
    DatabaseUrl,
    Hosts,
    PublicUrl,
    ReadableFile,
    RedisUrl,
    SealKeys,
    SecretKey,
    Sender,
    SmsUrl,
    SmtpUrl,
    Zone,
)


class InstallationSettings(BaseModel):
    """What differs between two machines that serve the same cabinet."""

    mode: Literal["demo", "production"] = Field("demo", description="demo: loopback, demo data, mailbox page")
    data_dir: Path = Field(Path("data"), description="database, letters, attachments")
    database_url: DatabaseUrl = Field(
        "", description="sqlite:///… or postgresql+psycopg://…; empty: cabinet.db of data_dir"
    )
    redis_url: RedisUrl = Field("", description="redis://…; needed by more than one worker")
    public_url: PublicUrl = Field("", description="address in letters and allowed origin; empty: http://localhost:PORT")
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(3000, ge=1, le=65535, description="port to listen on")
    workers: int = Field(1, ge=1, le=64, description="worker processes; more than one needs Redis")
    secret_key: SecretKey = Field(SecretStr(""), description="32+ random characters; the demo makes its own")
    smtp_url: SmtpUrl = Field(SecretStr(""), description="smtp://user:password@host:587 or smtps://…")
    sms_url: SmsUrl = Field(SecretStr(""), description="https://TOKEN@host/path?from=NAME; empty: no SMS codes")
    seal_keys: SealKeys = Field(
        SecretStr(""), description="id:base64,… of 32 bytes, first seals; empty: the secret key"
    )
    supplier_hosts: Hosts = Field(
        "", description="hosts of suppliers' systems, comma-separated, .x.ru with all below; empty: any public one"
    )
    supplier_ca_file: ReadableFile = Field(
        None, description="PEM file of authorities that suppliers' certificates need"
    )
    mail_from: Sender = Field("", description="sender of letters; empty: cabinet@host of the public address")
    log_json: bool = Field(False, description="one JSON object a log line instead of plain text")
    trusted_proxy_hops: int = Field(0, ge=0, le=8, description="proxies in front that set X-Forwarded-For")
    system_name: str = Field("Энерго Кабинет", description="name shown in the header and in letters")
    support_email: str = Field("", description="address shown for questions (Э-73)")
    default_zone: Zone = Field("Europe/Moscow", description="time zone of a supplier that names none")
    password_min_length: int = Field(8, ge=8, le=64, description="may be raised, never below 8 (Н-14)")
    password_list: ReadableFile = Field(None, description="file of further passwords to refuse, one a line")
    hide_account_existence: bool = Field(False, description="registration answers alike for known addresses")
    sync_seconds: int = Field(30, ge=1, le=3600, description="a supplier behind the protocol is asked so often")
    import_workers: int = Field(0, ge=0, le=16, description="processes that store files; 0: a processor fewer")
    import_folder: Path | None = Field(None, description="watched folder: a folder per supplier's code in it")
