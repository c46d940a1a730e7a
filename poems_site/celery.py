"""The Celery application: ``celery -A poems_site worker`` and ``celery -A poems_site beat``.

Its settings are the CELERY_* ones of poems_site/settings.py; tasks live in each app's tasks.py.
"""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poems_site.settings")

app = Celery("poems_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_web_does(**kwargs: Any) -> None:
    """Worker and beat write the same JSON; Celery's own format would print what tasks are given and raise."""
    logging.config.dictConfig(settings.LOGGING)
