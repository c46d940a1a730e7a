"""The clinical mind of the house: pure functions from facts to reasoned findings.

Nothing in this package knows Django, a database, a clock or a network. It reads its own
content files and its arguments, and nothing else.
"""

ENGINE_VERSION = "1.0"
