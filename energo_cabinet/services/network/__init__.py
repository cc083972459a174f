"""Network parameters: voltages and what else a meter measures of the network."""
