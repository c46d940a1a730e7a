"""The Celery application: ``celery -A poems_site worker`` and ``celery -A poems_site beat``.

Its settings are the CELERY_* ones of poems_site/settings.py; tasks live in each app's tasks.py.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poems_site.settings")

app = Celery("poems_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
