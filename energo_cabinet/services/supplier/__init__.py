"""Suppliers: their door and brand, gateways, how fresh their data are, what is delivered to them."""

OPEN = ("adoption", "change", "delivery", "delivery_state", "entry", "freshness", "gateway", "supplier", "sync_due")
"""What other rooms may enter besides its use cases."""
