"""What the design forbids, checked on the sources."""
