from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "monitoring.board"
