"""What is pushed: the feed in the database, and real workers with real sockets."""
