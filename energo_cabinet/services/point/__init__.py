"""Metering points: passport, transformers, normatives, the facts of meters."""

OPEN = ("facts", "normative")
"""What other rooms may enter besides its use cases."""
