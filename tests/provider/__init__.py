"""A hospital's own sign-in, for tests: django-allauth's OpenID Connect provider in a process of its own.

It shares nothing with the product: settings, people and a database file of its own.
"""
