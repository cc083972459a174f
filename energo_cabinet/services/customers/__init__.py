"""Customers as staff see them: search, the page of one, requests, the view through a customer's eyes."""
