"""Downloads of the administrators."""
