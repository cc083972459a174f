"""Real browser against the production build."""
