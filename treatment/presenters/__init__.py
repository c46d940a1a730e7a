"""What the wizard's pages show, as plain data; templates turn it into HTML."""
