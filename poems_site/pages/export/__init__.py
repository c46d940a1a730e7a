"""One patient's whole record as files."""
