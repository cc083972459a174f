"""Use cases. Whoever imports one keeps the search terms of contracts by that."""

from energo_cabinet.services.contract import search_index as search_index
