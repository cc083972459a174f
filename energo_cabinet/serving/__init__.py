"""From a bare clone to a serving process. `step` and `install` need only the standard library."""
