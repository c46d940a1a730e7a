"""The house's front: settings, addresses, the Celery application."""

from poems_site.celery import app as celery_app

__all__ = ["celery_app"]
