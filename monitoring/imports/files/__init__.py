"""From the bytes of an uploaded file to a table of cells; nothing here knows the record."""
