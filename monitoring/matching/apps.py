from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "monitoring.matching"
