"""How often one may try and how much one may send: tries of a code or password, calls, files, sockets."""

from __future__ import annotations

from pydantic import BaseModel, Field

from energo_cabinet.settings.kinds import Limit


class AttemptSettings(BaseModel):
    """Limits on one account, person, address or session; a rate is `count/window`."""

    limit_login_account: Limit = Field("5/15minutes", description="failed sign-ins per account and address")
    limit_login_ip: Limit = Field("20/hour", description="failed sign-ins per address")
    limit_login_consecutive: int = Field(
        100, ge=1, description="failures in a row after which an unknown browser needs the mailed link"
    )
    limit_second_factor: Limit = Field("5/10minutes", description="second-factor codes tried per account")
    code_tries: int = Field(5, ge=1, le=10, description="wrong codes that close a code sent or a step of sign-in")
    limit_letter_address: Limit = Field("3/hour", description="activation and reset letters per recipient")
    limit_letter_ip: Limit = Field("20/hour", description="registrations and letters per address")
    limit_sms_user: Limit = Field("10/day", description="text messages with codes per account")
    limit_sms_ip: Limit = Field("30/day", description="text messages with codes per address")
    limit_contract_ip: Limit = Field("30/hour", description="attempts to link a contract per user")
    limit_contract_code_user: Limit = Field("5/day", description="codes of contracts asked for by one user")
    limit_contract_code_target: Limit = Field("5/day", description="codes sent to one contract's phone and address")
    limit_objection_user: Limit = Field("20/day", description="objections of one user to new readers of contracts")
    limit_ticket_user: Limit = Field("30/hour", description="tickets and replies of one user")
    contract_login_tries: int = Field(5, ge=1, description="wrong contract passwords before a lock")
    contract_lock_minutes: int = Field(15, ge=1, description="length of that lock")
    limit_reading_user: Limit = Field("60/hour", description="readings sent per user")
    limit_attachment_user: Limit = Field("60/hour", description="files uploaded per user")
    limit_import_member: Limit = Field("600/hour", description="files of measured values uploaded per member of staff")
    limit_import_token: Limit = Field("120/minute", description="calls of /api/v1/drop per token")
    import_max_mb: int = Field(64, ge=1, le=64, description="largest file of measured values, MB")
    attachment_quota_mb: int = Field(200, ge=10, description="room for the files of one user, MB")
    limit_pairing_claim: Limit = Field("20/15minutes", description="wrong pairing codes per address")
    limit_pairing_user: Limit = Field("10/hour", description="phones that claim a code per user")
    limit_pairing_code: Limit = Field("200/hour", description="pairing codes shown per user")
    limit_api: Limit = Field("300/minute", description="calls of /api/v1 per device, session or address")
    limit_search_member: Limit = Field("120/minute", description="searches of one member of the staff")
    limit_sheet_member: Limit = Field("60/hour", description="sheets with a contract's login and password per member")
    socket_rate: int = Field(20, ge=1, description="websocket messages a second")
    socket_burst: int = Field(60, ge=1, description="websocket messages at once")
    sockets_per_session: int = Field(10, ge=1, description="open websockets of one login session or visitor")
    sockets_per_ip: int = Field(200, ge=1, description="open websockets of one address")
