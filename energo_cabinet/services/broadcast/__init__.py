"""Broadcasts: one message to a selection of customers."""
