"""Staff: members and roles, the dashboard, what was not delivered, the audit journal."""
