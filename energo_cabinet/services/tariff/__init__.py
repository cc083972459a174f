"""Tariffs: the book, prices from a day on, writing them."""
