"""Reading a patient's course over time: VEGF, imaging, nerve and clone, each by its own clock.

``parse_history`` takes decoded JSON, ``interpret`` reads it by an edition of the guideline's content,
``as_json`` prints the reading. Nothing here knows the time, a database or Django.
"""

from guideline.course.as_json import as_json
from guideline.course.history_json import parse_history
from guideline.course.interpret import interpret

__all__ = ["as_json", "interpret", "parse_history"]
