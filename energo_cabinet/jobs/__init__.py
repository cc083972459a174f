"""Background work; a process of its own imports the one module it needs, `rounds` all of them."""
