"""Tickets of customers: opening, the thread, drafts, terms, their way to the supplier."""

OPEN = ("draft", "form", "lines", "term", "thread", "writing")
"""What other rooms may enter besides its use cases."""
