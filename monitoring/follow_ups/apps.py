from django.apps import AppConfig


class FollowUpsConfig(AppConfig):
    name = "monitoring.follow_ups"
