"""Files of measured values: how they come in, wait, are read, stored or refused."""
