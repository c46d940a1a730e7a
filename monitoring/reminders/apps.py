from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "monitoring.reminders"
