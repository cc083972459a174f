"""Money: bills, balance, payments, the receipt."""

OPEN = ("posting",)
"""What other rooms may enter besides its use cases."""
