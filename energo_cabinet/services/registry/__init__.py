"""The registry of staff: points, meters, replacement, and the files that change it."""
