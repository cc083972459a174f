"""Every page by name: what the pictures are taken of, and what is walked through for foreign hosts."""

PUBLIC = {
    "welcome": "/",
    "register": "/register?class=flat",
    "login": "/login",
    "login-error": "/login?error=wrong_credentials",
    "recover": "/recover",
    "recover-sent": "/recover?done=sent",
    "reset": "/reset?key=example",
    "activate": "/activate?key=example",
    "activate-done": "/activate?done=activated",
    "terms": "/legal/terms",
    "personal-data": "/legal/personal-data",
    "not-found": "/nothing-here",
    "mailbox": "/demo/mailbox",
}
SIGNED_IN = {
    "points": "/points",
    "points-all": "/points?all=1",
    "point": "/points/1",
    "point-bare": "/points/2",
    "readings-months": "/points/1/readings?by=months",
    "readings-days": "/points/1/readings?by=days",
    "readings-compare": "/points/1/readings?by=months&compare=1",
    "readings-by-hand": "/points/2/readings",
    "load-profile": "/points/1/load-profile",
    "load-profile-office": "/points/3/load-profile?channel=R%2B",
    "events": "/points/1/events",
    "events-pages": "/points/1/events?fold=0&first=2025-01-01&last=2030-01-01",
    "events-office": "/points/3/events",
    "events-none": "/points/2/events",
    "transformers": "/points/3/transformers",
    "transformers-none": "/points/1/transformers",
    "stranger": "/points/6",
    "notifications": "/notifications",
}
"""As Anna of the demo data; point 6 is nobody's."""
