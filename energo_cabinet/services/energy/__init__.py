"""Energy: consumption, load profile, energy data, the month so far, and their tables to take away."""

OPEN = ("load_profile", "month_so_far")
"""What other rooms may enter besides its use cases."""
