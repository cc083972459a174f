"""What stands around every page, bound to its state."""

from __future__ import annotations

from energo_cabinet.components.frame.app_wrap import Wrap, app_wraps
from energo_cabinet.state.frame.fault import FaultState, report_browser_fault, report_fault

__all__ = ["report_browser_fault", "report_fault", "wraps"]


def wraps() -> dict[tuple[int, str], Wrap]:
    """For `rx.App(app_wraps=…)`."""
    return app_wraps(FaultState.is_shown, FaultState.is_view, FaultState.forget)
