"""Starts the whole house on one machine: for the demonstration, for development and for the tests.

Production needs none of it: there, ``DATABASE_URL``, ``DATABASE_OWNER_URL`` and ``REDIS_URL`` name real
servers. Nothing here imports the product; it only runs its commands.
"""
