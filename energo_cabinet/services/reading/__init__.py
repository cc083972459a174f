"""Readings: what a customer sends of a meter, and what becomes of it."""

OPEN = ("decision",)
"""What other rooms may enter besides its use cases."""
