"""The desk: the queue of tickets and what staff do with one."""
