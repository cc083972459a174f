"""A small supplier that speaks the protocol, for the demo and for tests; it shares no code with the cabinet's side."""
