"""Phones: a code shown, claimed, confirmed; the devices that may enter."""
