"""Live means pushed: what changes for a user is committed, then told to that user's open tabs on any worker."""
