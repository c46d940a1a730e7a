from django.apps import AppConfig
from django.core.checks import Tags, register

from monitoring.reminders.checks import hospitals_have_a_lead, mail_server_is_safe, mails_tell_nothing


class RemindersConfig(AppConfig):
    name = "monitoring.reminders"

    def ready(self) -> None:
        register(hospitals_have_a_lead, Tags.database)
        register(mails_tell_nothing, Tags.security)
        register(mail_server_is_safe, Tags.security)
