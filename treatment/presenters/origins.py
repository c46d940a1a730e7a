"""Where each fact of a draft comes from, in words."""

from django.utils.formats import date_format
from django.utils.timezone import localtime

from treatment.models import Answer
from treatment.presenters.evidence import Origins
from treatment.presenters.questions import origin_in_words
from treatment.queries import DraftContents
from treatment.wizard.steps import FROM_IDENTITY

DAY = "j F Y"


def origins_of(contents: DraftContents) -> Origins:
    """By path: the record's source and day where a value was taken over, else who answered and when."""
    found = {path: "from the patient's identity" for path in FROM_IDENTITY if path in contents.facts}
    for question, answer in contents.answers.items():
        if question in contents.facts:
            found[question] = _origin(answer)
    return found


def _origin(answer: Answer) -> str:
    said = f"answered by {answer.recorded_by.full_name}, {date_format(localtime(answer.recorded_at), DAY)}"
    return origin_in_words(answer) or said
