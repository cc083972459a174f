"""The supplier protocol, version 1, as the cabinet reads it; `docs/supplier-protocol.v1.yaml` tells the supplier.

What a supplier answers is a stranger's text: every field has a type and a bound, unknown fields are left out, and one
wrong field spoils the whole answer. Lists come in pages behind an opaque cursor; an item that has changed comes again
after the cursor, so that it is stored by its key. Documents of one piece carry an ETag instead.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from energo_cabinet.gateways.supplier_fields import (
    MOST_ITEMS,
    MOST_SLOTS,
    ChannelName,
    Cursor,
    Day,
    FeedName,
    Line40,
    Line120,
    Line300,
    Minute,
    Name,
    Number60,
    QualityName,
    Quantity,
    Ref,
    Register,
    ResourceName,
    Rub,
    Text,
    ZoneName,
    line,
    paragraph,
)
from energo_cabinet.models import ConsumerClass, Resource, TicketStatus

T = TypeVar("T")


class Document(BaseModel):
    """What a supplier sends: strict types, frozen, its values in no error message."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", hide_input_in_errors=True)


class SupplierInfo(Document):
    """Who answers."""

    name: Name
    version: Annotated[str, StringConstraints(pattern=r"^1\.\d{1,3}$")]


class ContractData(Document):
    """A contract as the supplier keeps it; `id` names it in every address."""

    id: Ref
    number: Number60
    login: Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(line)]
    customer_name: Annotated[str, StringConstraints(max_length=200), AfterValidator(line)] = ""
    address: Line300 = ""
    consumer_class: ConsumerClass = ConsumerClass.FLAT


class BalanceData(Document):
    """What the customer owes (above zero) or has paid ahead (below it)."""

    debt_rub: Rub
    as_of: AwareDatetime


class BillLine(Document):
    """A line of a bill."""

    title: Name
    amount_rub: Rub
    quantity: Quantity | None = None
    unit: Annotated[str, StringConstraints(max_length=20), AfterValidator(line)] = ""
    price_rub: Quantity | None = None


class BillData(Document):
    """A bill, by `number`; `month` is its first day."""

    number: Number60
    month: Day
    issued_on: Day
    due_on: Day | None = None
    amount_rub: Rub
    lines: Annotated[tuple[BillLine, ...], Field(max_length=200)] = ()
    is_cancelled: bool = False


class PaymentData(Document):
    """A payment, by `number`."""

    number: Number60
    paid_on: Day
    amount_rub: Rub
    is_cancelled: bool = False


class ZonePeriod(Document):
    """Minutes of the local day [start, end) that belong to a zone."""

    zone: Literal["T1", "T2", "T3", "T4"]
    start_minute: Minute
    end_minute: Minute


class ZonePrice(Document):
    """The price of a zone from a day on."""

    zone: Literal["T1", "T2", "T3", "T4"]
    valid_from: Day
    price_rub_per_kwh: Quantity


class TariffData(Document):
    """A tariff, by `code`; `source` names the act that set its prices."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(line)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=120), AfterValidator(line)]
    source: Line300 = ""
    zones: Annotated[tuple[ZonePeriod, ...], Field(max_length=48)] = ()
    prices: Annotated[tuple[ZonePrice, ...], Field(max_length=500)] = ()


class PointData(Document):
    """A metering point, by `number`; days are local to `zone_name`."""

    number: Number60
    name: Name
    resource: Resource = Resource.ELECTRICITY
    place: Annotated[str, StringConstraints(max_length=200), AfterValidator(line)] = ""
    address: Line300 = ""
    delivery_point_code: Annotated[str, StringConstraints(max_length=60), AfterValidator(line)] = ""
    zone_name: Line40 = "Europe/Moscow"
    current_ratio: Quantity = Decimal(1)
    voltage_ratio: Quantity = Decimal(1)
    loss_factor: Quantity = Decimal(1)
    power_limit_kw: Quantity | None = None
    tariff: TariffData | None = None


class Installation(Document):
    """A meter on a point from a day on; `removed_on` None while it stands there."""

    point: Number60
    installed_on: Day
    removed_on: Day | None = None


class MeterData(Document):
    """A meter, by serial number and model, and where it stood when."""

    serial_number: Number60
    model: Line120 = ""
    registry_number: Line40 = ""
    accuracy_class: Annotated[str, StringConstraints(max_length=20), AfterValidator(line)] = ""
    nominal_voltage: Line40 = ""
    current_range: Line40 = ""
    is_smart: bool = False
    zone_count: Annotated[int, Field(ge=1, le=4)] = 1
    register_digits: Annotated[int, Field(ge=1, le=12)] = 6
    register_decimals: Annotated[int, Field(ge=0, le=4)] = 2
    commissioned_on: Day | None = None
    last_verification_on: Day | None = None
    next_verification_on: Day | None = None
    installations: Annotated[tuple[Installation, ...], Field(max_length=200)] = ()


class ReadingData(Document):
    """A reading in Wh (varh) of the meter's own register, by point, channel, zone and instant."""

    point: Number60
    serial_number: Annotated[str, StringConstraints(max_length=60), AfterValidator(line)] = ""
    channel: ChannelName
    zone: ZoneName
    read_at: AwareDatetime
    register_wh: Register
    quality: QualityName = "valid"


class ProfileDayData(Document):
    """A local day of a channel: Wh (varh) of each interval with the transformer ratio in it, None where one is missing.

    `quality` has an entry an interval, or none at all when every value is valid.
    """

    point: Number60
    channel: ChannelName
    day: Day
    step_min: Literal[1, 2, 3, 5, 10, 15, 30, 60]
    values_wh: Annotated[
        tuple[Annotated[int, Field(ge=0, lt=2**31)] | None, ...], Field(min_length=1, max_length=MOST_SLOTS)
    ]
    quality: Annotated[tuple[QualityName, ...], Field(max_length=MOST_SLOTS)] = ()


class EventData(Document):
    """A record of a meter's journal; codes as `m23x.2A` or `spodes.96.11.0.7`."""

    id: Ref
    point: Number60
    code: Annotated[str, StringConstraints(min_length=1, max_length=24), AfterValidator(line)]
    started_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    raw: Line300 = ""


class NoticeData(Document):
    """A notification of the supplier's to the customer; `starts_at`, `ends_at`: when works are planned."""

    id: Ref
    kind: Literal["message", "planned_works", "debt"]
    title: Name
    text: Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(paragraph)]
    created_at: AwareDatetime
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None


class TicketUpdate(Document):
    """What the supplier's staff wrote or decided in a ticket; `ticket` is our own reference, sent with the ticket."""

    id: Ref
    ticket: Ref
    text: Text = ""
    signature: Annotated[str, StringConstraints(max_length=100), AfterValidator(line)] = ""
    status: TicketStatus | None = None
    written_at: AwareDatetime


class Decision(Document):
    """What became of a submitted reading that was "waiting"; `key` is the Idempotency-Key it came with."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(line)]
    status: Literal["accepted", "counted", "rejected"]
    reason: Line300 = ""
    decided_at: AwareDatetime


class Change(Document):
    """Something of a contract is new: ask for that resource."""

    contract: Ref
    resource: ResourceName | FeedName


class Page(Document, Generic[T]):
    """Items after a cursor, in the order they became known; `next_cursor` also when there are none."""

    items: Annotated[tuple[T, ...], Field(max_length=MOST_ITEMS)]
    next_cursor: Cursor
    has_more: bool


class ChangePage(Page[Change]):
    """What is new; `data_as_of`: the moment up to which the supplier's data are complete."""

    data_as_of: AwareDatetime


class Listed(Document, Generic[T]):
    """A whole list."""

    items: Annotated[tuple[T, ...], Field(max_length=MOST_ITEMS)]


class ReceiptData(Document):
    """The supplier's answer to what was submitted."""

    status: Literal["accepted", "waiting", "rejected"]
    reason: Line300 = ""
