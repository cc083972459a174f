"""Contracts: linking by login, by number or by staff, blocking, the words staff find them by."""

OPEN = ("code", "customer_block", "link_request", "opening", "search_index")
"""What other rooms may enter besides its use cases."""
