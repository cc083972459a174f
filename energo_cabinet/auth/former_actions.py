"""What actions were called while their names were where their code stood (until version 0.2).

Entries of the audit journal are sealed with the name they were written under, so old ones keep it; whoever shows them
asks here. Nothing is added any more: names last since (`auth.access.service`).
"""

from __future__ import annotations

from collections.abc import Mapping

FORMER: Mapping[str, str] = {
    "broadcast.cancel_broadcast": "broadcast.cancel",
    "broadcast.copy_broadcast": "broadcast.copy",
    "broadcast.discard_broadcast": "broadcast.discard",
    "broadcast.save_broadcast": "broadcast.save",
    "broadcast.send_broadcast": "broadcast.send",
    "broadcast_reading.broadcast_preview": "broadcast.preview",
    "customer_block.block_contract": "contract.block",
    "customer_block.block_person": "customer.block",
    "customer_block.unblock_contract": "contract.unblock",
    "customer_block.unblock_person": "customer.unblock",
    "customer_block.unlink_person": "customer.unlink",
    "desk_calendar.remove_calendar_day": "calendar.remove_day",
    "desk_calendar.set_calendar_day": "calendar.set_day",
    "desk_calendar.set_term": "desk.set_term",
    "desk_file.desk_file": "ticket.open_file",
    "desk_queue.desk_queue": "desk.queue",
    "desk_template.add_template": "answer_template.add",
    "desk_template.change_template": "answer_template.change",
    "desk_template.remove_template": "answer_template.remove",
    "desk_thread.desk_ticket": "desk.thread",
    "desk_writing.answer": "ticket.answer",
    "desk_writing.assign": "ticket.assign",
    "desk_writing.merge": "ticket.merge",
    "desk_writing.note": "ticket.note",
    "desk_writing.set_status": "ticket.set_status",
    "desk_writing.take": "ticket.take",
    "desk_writing.transfer": "ticket.transfer",
    "imbalance.imbalances": "quality.imbalances",
    "import_job.add_import": "import.add",
    "import_job.cancel_import": "import.cancel",
    "import_job.repeat_import": "import.repeat",
    "import_journal.import_detail": "import.open",
    "import_journal.list_imports": "import.list",
    "import_token.issue_token": "import_token.issue",
    "import_token.list_tokens": "import_token.list",
    "import_token.revoke_token": "import_token.revoke",
    "import_version.day_versions": "import.day_versions",
    "import_version.replaced_days": "import.replaced_days",
    "meter_replacement.replacement_form": "meter_replacement.prepare",
    "meter_replacing.preview_replacement": "meter_replacement.preview",
    "meter_replacing.replace_meter": "meter_replacement.carry_out",
    "normative.add_normative": "normative.add",
    "normative.list_normatives": "normative.list",
    "normative.remove_normative": "normative.remove",
    "normative.save_normative": "normative.save",
    "quality.quality_board": "quality.board",
    "registry.list_registry": "registry.list_points",
    "registry_import.apply_registry": "registry_file.apply",
    "registry_import.drop_registry": "registry_file.drop",
    "registry_import.preview_registry": "registry_file.preview",
    "registry_import.registry_rows": "registry_file.rows",
    "registry_new.add_point": "registry.add_point",
    "registry_point.registry_card": "registry.card",
    "registry_point.save_meter": "registry.save_meter",
    "registry_point.save_point": "registry.save_point",
    "registry_transformer.remove_transformer": "registry.remove_transformer",
    "registry_transformer.save_transformer": "registry.save_transformer",
    "staff_contract.issue_contract": "contract.issue",
    "staff_contract.print_sheet": "contract.print_sheet",
    "staff_customer.customer_page": "customer.open",
    "staff_failure.failures": "staff.failures",
    "staff_member.add_member": "staff.add",
    "staff_member.change_role": "staff.change_role",
    "staff_member.enlist": "staff.add_by_command",
    "staff_member.list_members": "staff.list",
    "staff_member.remove_member": "staff.remove",
    "staff_request.accept_link": "link_request.accept",
    "staff_request.list_requests": "link_request.list",
    "staff_request.refuse_link": "link_request.refuse",
    "staff_search.search_contracts": "customer.search",
    "staff_view.begin_view": "customer.begin_view",
    "staff_view.end_view": "customer.end_view",
    "supplier_settings.open_supplier": "supplier.open",
    "supplier_settings.save_brand": "supplier.save_brand",
    "supplier_settings.save_logo": "supplier.save_logo",
    "supplier_settings.save_payee": "supplier.save_payee",
    "supplier_settings.save_window": "supplier.save_reading_window",
    "supplier_state.refused_rows": "exchange.refused_rows",
    "supplier_state.sync_now": "exchange.start_now",
    "tariff_book.list_tariffs": "tariff.list",
    "tariff_book.tariff_card": "tariff.open",
    "tariff_price.set_prices": "tariff.set_prices",
    "tariff_price.withdraw_prices": "tariff.withdraw_prices",
    "tariff_writing.add_tariff": "tariff.add",
    "tariff_writing.remove_tariff": "tariff.remove",
    "tariff_writing.save_tariff": "tariff.save",
}
"""`module.function` of then → action."""


def lasting_name(written: str) -> str:
    """The action of an entry, whenever it was written."""
    return FORMER.get(written, written)


def written_as(part: str) -> list[str]:
    """Former names of the actions whose name contains `part`."""
    return [former for former, action in FORMER.items() if part in action]
