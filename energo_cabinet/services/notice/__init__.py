"""What people are told: notifications, letters, text messages, live events of open tabs."""

OPEN = ("administrators", "choice", "letter", "live_event", "notification", "sending", "sms", "staff_live")
"""What other rooms may enter besides its use cases."""
