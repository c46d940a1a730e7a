"""How long things hold when somebody signs in. Read by the settings too, so nothing of Django is imported."""

# After five wrong passwords or codes an address, or a person's codes, are refused for this long.
LOCKED_MINUTES = 15
# What a script or htmx is answered where a person would be led to the door: nothing of it is swapped in, and
# scripts/lock.js covers the page, so that what was typed stays.
SHUT = 423
