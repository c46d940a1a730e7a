from django.apps import AppConfig
from django.core.checks import Tags, register

from monitoring.reminders.checks import hospitals_have_a_lead


class RemindersConfig(AppConfig):
    name = "monitoring.reminders"

    def ready(self) -> None:
        register(hospitals_have_a_lead, Tags.database)
