"""What nobody asked for and everybody needs: reminders of debts, readings, verification, alarms."""

OPEN = ("alarm",)
"""What other rooms may enter besides its use cases."""
