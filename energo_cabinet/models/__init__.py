"""Tables and enums; importing this package fills SQLModel.metadata."""

from energo_cabinet.models.attachment import Attachment, AttachmentPurpose
from energo_cabinet.models.bill import Bill, Charge, Payment
from energo_cabinet.models.broadcast import Broadcast, BroadcastRecipient, BroadcastStatus
from energo_cabinet.models.contract.customer_block import CustomerBlock
from energo_cabinet.models.contract.link_request import LinkRequest, LinkRequestStatus
from energo_cabinet.models.contract.reader import ContractCode, LinkObjection, ObjectionFate
from energo_cabinet.models.contract.search_term import SearchTerm, TermKind
from energo_cabinet.models.control.limit import (
    ControlDue,
    ControlMember,
    ControlState,
    ControlTarget,
    LimitKind,
    Violation,
)
from energo_cabinet.models.control.plan import PlanDay, PlanDayVersion, PlanSource
from energo_cabinet.models.desk import (
    AnswerTemplate,
    CalendarDay,
    NoteKind,
    TicketNote,
    TicketPresence,
    TicketTerm,
)
from energo_cabinet.models.import_job import ImportJob, ImportRefusal, ImportStatus, ImportToken, ImportWay
from energo_cabinet.models.job_lease import JobLease
from energo_cabinet.models.notice.live_event import LiveEvent
from energo_cabinet.models.notice.notification import (
    Notification,
    NotificationChoice,
    NotificationKind,
    NotificationSource,
)
from energo_cabinet.models.notice.outbox import OutboxLetter
from energo_cabinet.models.paired_device import PairedDevice, Pairing
from energo_cabinet.models.personal_data import ConsentWithdrawal, DataExport, EmailChange, Erasure
from energo_cabinet.models.point.point import Meter, MeteringPoint, MeterInstallation, RelayState, Resource
from energo_cabinet.models.point.transformer import Transformer, TransformerKind
from energo_cabinet.models.reading_submission import ReadingSubmission, SubmissionStatus
from energo_cabinet.models.registry import (
    Normative,
    RegistryChange,
    RegistryImport,
    RegistryImportRow,
    RegistryImportStatus,
    RegistryKind,
)
from energo_cabinet.models.sign_in.known_browser import KnownBrowser
from energo_cabinet.models.sign_in.passkey import CeremonyKind, Passkey, PasskeyCeremony
from energo_cabinet.models.sign_in.second_factor import (
    FactorKind,
    PhoneCode,
    RecoveryCode,
    SecondFactor,
    SignInStep,
    SmsMessage,
)
from energo_cabinet.models.sign_in.user import (
    CodePurpose,
    Consent,
    ConsumerClass,
    LoginSession,
    OneTimeCode,
    User,
    UserStatus,
)
from energo_cabinet.models.staff.account import AccountHold, FactorReset
from energo_cabinet.models.staff.audit import AuditEntry, AuditHead
from energo_cabinet.models.staff.change import ChangeKind, PendingChange
from energo_cabinet.models.staff.look import DataLook
from energo_cabinet.models.staff.staff import StaffMember, StaffRoleName
from energo_cabinet.models.supplier.access import ContractLoginTry, SupplierAccess
from energo_cabinet.models.supplier.delivery import DeliveryKind, SupplierDelivery
from energo_cabinet.models.supplier.supplier import (
    Contract,
    ContractLink,
    GatewayKind,
    LinkWay,
    ServiceRegion,
    Supplier,
    SupplierLogo,
)
from energo_cabinet.models.sync_state import ContractSync, SupplierSync, SyncCursor, SyncedAnswer, SyncRefusal
from energo_cabinet.models.tariff import Tariff, TariffPrice, TariffZone, TariffZonePeriod
from energo_cabinet.models.ticket import (
    Ticket,
    TicketAuthor,
    TicketCategory,
    TicketCounter,
    TicketDraft,
    TicketMessage,
    TicketStatus,
)
from energo_cabinet.models.values.load_profile import ImportFile, ProfileDay, ProfileDayVersion, ProfileSeries
from energo_cabinet.models.values.meter_event import MeterEvent
from energo_cabinet.models.values.meter_reading import Channel, MeterReading, MeterReadingVersion, ReadingQuality
from energo_cabinet.models.values.network_parameters import NetworkDay, NetworkNorm, NetworkParameters, NetworkSeries

__all__ = [
    "AccountHold",
    "AnswerTemplate",
    "Attachment",
    "AttachmentPurpose",
    "AuditEntry",
    "AuditHead",
    "Bill",
    "Broadcast",
    "BroadcastRecipient",
    "BroadcastStatus",
    "CalendarDay",
    "CeremonyKind",
    "ChangeKind",
    "Channel",
    "Charge",
    "CodePurpose",
    "Consent",
    "ConsentWithdrawal",
    "ConsumerClass",
    "Contract",
    "ContractCode",
    "ContractLink",
    "ContractLoginTry",
    "ContractSync",
    "ControlDue",
    "ControlMember",
    "ControlState",
    "ControlTarget",
    "CustomerBlock",
    "DataExport",
    "DataLook",
    "DeliveryKind",
    "EmailChange",
    "Erasure",
    "FactorKind",
    "FactorReset",
    "GatewayKind",
    "ImportFile",
    "ImportJob",
    "ImportRefusal",
    "ImportStatus",
    "ImportToken",
    "ImportWay",
    "JobLease",
    "KnownBrowser",
    "LimitKind",
    "LinkObjection",
    "LinkRequest",
    "LinkRequestStatus",
    "LinkWay",
    "LiveEvent",
    "LoginSession",
    "Meter",
    "MeterEvent",
    "MeterInstallation",
    "MeterReading",
    "MeterReadingVersion",
    "MeteringPoint",
    "NetworkDay",
    "NetworkNorm",
    "NetworkParameters",
    "NetworkSeries",
    "Normative",
    "NoteKind",
    "Notification",
    "NotificationChoice",
    "NotificationKind",
    "NotificationSource",
    "ObjectionFate",
    "OneTimeCode",
    "OutboxLetter",
    "PairedDevice",
    "Pairing",
    "Passkey",
    "PasskeyCeremony",
    "Payment",
    "PendingChange",
    "PhoneCode",
    "PlanDay",
    "PlanDayVersion",
    "PlanSource",
    "ProfileDay",
    "ProfileDayVersion",
    "ProfileSeries",
    "ReadingQuality",
    "ReadingSubmission",
    "RecoveryCode",
    "RegistryChange",
    "RegistryImport",
    "RegistryImportRow",
    "RegistryImportStatus",
    "RegistryKind",
    "RelayState",
    "Resource",
    "SearchTerm",
    "SecondFactor",
    "ServiceRegion",
    "SignInStep",
    "SmsMessage",
    "StaffMember",
    "StaffRoleName",
    "SubmissionStatus",
    "Supplier",
    "SupplierAccess",
    "SupplierDelivery",
    "SupplierLogo",
    "SupplierSync",
    "SyncCursor",
    "SyncRefusal",
    "SyncedAnswer",
    "Tariff",
    "TariffPrice",
    "TariffZone",
    "TariffZonePeriod",
    "TermKind",
    "Ticket",
    "TicketAuthor",
    "TicketCategory",
    "TicketCounter",
    "TicketDraft",
    "TicketMessage",
    "TicketNote",
    "TicketPresence",
    "TicketStatus",
    "TicketTerm",
    "Transformer",
    "TransformerKind",
    "User",
    "UserStatus",
    "Violation",
]
