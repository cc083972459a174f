"""Journals of meters: events of a point and of all points."""

OPEN = ("row",)
"""What other rooms may enter besides its use cases."""
