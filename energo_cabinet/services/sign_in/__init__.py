"""Who somebody is: registration, sign-in with a second step, passwords, sessions of browsers."""

OPEN = ("account", "hold", "reauthentication", "registration")
"""What other rooms may enter besides its use cases."""
