"""How whole the measured values are, what is silent, what a customer may claim."""
