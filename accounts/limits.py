"""How long things hold when somebody signs in. Read by the settings too, so nothing of Django is imported."""

# After five wrong passwords or codes an address, or a person's codes, are refused for this long.
LOCKED_MINUTES = 15
