"""Addresses of the pages, in one place."""

from urllib.parse import quote

HOME = "/"
REGISTER = "/register"
ACTIVATE = "/activate"
LOGIN = "/login"
SECOND_STEP = "/login/code"
RECOVER = "/recover"
RESET = "/reset"
TERMS = "/legal/terms"
PERSONAL_DATA = "/legal/personal-data"
OVERVIEW = "/overview"
POINTS = "/points"
POINT = "/points/[point_id]"
POINT_READINGS = "/points/[point_id]/readings"
POINT_PROFILE = "/points/[point_id]/load-profile"
READING_SUBMIT = "/points/[point_id]/submit"
POINT_EVENTS = "/points/[point_id]/events"
POINT_TRANSFORMERS = "/points/[point_id]/transformers"
POINT_NETWORK = "/points/[point_id]/network"
NETWORK = "/network"
DATA = "/data"
EVENTS = "/events"
BILLS = "/bills"
BILL = "/bills/[bill_id]"
RECEIPT = "/bills/[bill_id]/receipt"
NOTIFICATIONS = "/notifications"
TICKETS = "/tickets"
TICKET_NEW = "/tickets/new"
TICKET = "/tickets/[ticket_id]"
PROFILE = "/profile"
PLAN_FACT = "/plan-fact"
PLAN_EDIT = "/plan-fact/edit"
DEVIATIONS = "/deviations"
LIMITS = "/deviations/limits"
EMAIL = "/email"
OBJECT = "/object"
STOP_RESET = "/stop-reset"
START = OVERVIEW
CONNECT = "/connect"
MOBILE = "/mobile"
ENTRY = "/s/[code]"
HELP = "/help"
HELP_REGISTRATION = "/help/registration"
ABOUT = "/about"
ACCOUNT = "/account"
STAFF = "/staff"
STAFF_FAILURES = "/staff/failures"
STAFF_MEMBERS = "/staff/members"
STAFF_SETTINGS = "/staff/settings"
STAFF_SUPPLIERS = "/staff/suppliers"
STAFF_AUDIT = "/staff/audit"
STAFF_ACCOUNTS = "/staff/accounts"
STAFF_ACCOUNT = "/staff/accounts/[account_id]"
STAFF_INCIDENT = "/staff/incident"
STAFF_LOOKS = "/staff/incident/looks"
STAFF_TICKETS = "/staff/tickets"
STAFF_TICKET_RULES = "/staff/tickets/rules"
STAFF_NOTICES = "/staff/notices"
STAFF_NOTICE_NEW = "/staff/notices/new"
STAFF_NOTICE = "/staff/notices/[broadcast_id]"
STAFF_REGISTRY = "/staff/registry"
STAFF_REGISTRY_IMPORT = "/staff/registry/import"
STAFF_REGISTRY_POINT = "/staff/registry/[point_id]"
STAFF_TARIFFS = "/staff/tariffs"
STAFF_TARIFF = "/staff/tariffs/[tariff_id]"
STAFF_NORMATIVES = "/staff/normatives"
STAFF_QUALITY = "/staff/quality"
STAFF_CUSTOMERS = "/staff/customers"
STAFF_CUSTOMER = "/staff/customers/[contract_id]"
STAFF_CUSTOMER_REQUESTS = "/staff/customers/requests"
STAFF_CUSTOMER_NEW = "/staff/customers/new"
STAFF_IMPORTS = "/staff/imports"
STAFF_IMPORT = "/staff/imports/[job_id]"
STAFF_IMPORT_DAY = "/staff/imports/days/[version_id]"
STAFF_IMPORT_MACHINES = "/staff/imports/machines"
MAILBOX = "/demo/mailbox"


def point(point_id: int, tab: str = "") -> str:
    """Address of a metering point's tab: "" or what follows its id in the routes above."""
    return f"/points/{point_id}/{tab}".rstrip("/")


def ticket(ticket_id: int | str) -> str:
    """Address of a ticket's thread."""
    return f"/tickets/{ticket_id}"


def staff_notice(broadcast_id: int | str) -> str:
    """Address of a broadcast."""
    return f"/staff/notices/{broadcast_id}"


def staff_customer(contract_id: int) -> str:
    """Address of a customer's page for staff."""
    return f"{STAFF_CUSTOMERS}/{contract_id}"


def staff_account(account_id: int) -> str:
    """Address of an account for administrators."""
    return f"{STAFF_ACCOUNTS}/{account_id}"


def bill(bill_id: int) -> str:
    """Address of a bill."""
    return f"/bills/{bill_id}"


def receipt(bill_id: int) -> str:
    """Address where a bill is paid: QR, details, receipt."""
    return f"/bills/{bill_id}/receipt"


def supplier_logo(code: str, digest: str) -> str:
    """Address of a supplier's sign; the digest lets browsers keep it for good."""
    return f"/api/suppliers/{quote(code, safe='')}/logo.png?v={digest[:12]}"


def registry_point(point_id: int) -> str:
    """Address of a point in the registry of the staff."""
    return f"{STAFF_REGISTRY}/{point_id}"


def staff_tariff(tariff_id: int) -> str:
    """Address of a tariff in the registry of the staff."""
    return f"{STAFF_TARIFFS}/{tariff_id}"


def staff_import(job_id: int) -> str:
    """Address of an import."""
    return f"/staff/imports/{job_id}"


def staff_import_day(version_id: int) -> str:
    """Address where the versions of a day stand side by side."""
    return f"/staff/imports/days/{version_id}"
