"""The exchange with suppliers' systems: what is due, asked for, stored, refused."""
