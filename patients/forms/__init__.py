"""Forms of the record. They validate; actions save."""
