"""What an admin is told of somebody's work: how many, never who."""

from poems_site.workflows.leaving import Counts, Part

WORDS: dict[Part, tuple[str, str]] = {
    Part.RESPONSIBLE: ("Responsible clinician of 1 patient", "Responsible clinician of {count} patients"),
    Part.COVER: ("Cover for 1 patient", "Cover for {count} patients"),
    Part.DEPUTY: ("Deputy for 1 patient", "Deputy for {count} patients"),
    Part.COORDINATOR: ("Coordinator of 1 patient", "Coordinator of {count} patients"),
    Part.DRAFTS: ("1 draft of a treatment plan", "{count} drafts of treatment plans"),
    Part.FOLLOW_UPS: ("1 planned follow-up", "{count} planned follow-ups"),
    Part.ALERTS: ("1 alert that was handed to them", "{count} alerts that were handed to them"),
    Part.PAUSES: ("Stands in for 1 colleague on leave", "Stands in for {count} colleagues on leave"),
    Part.LEAD: ("Lead clinician of the hospital", "Lead clinician of the hospital"),
}


def in_words(part: Part, count: int) -> str:
    one, many = WORDS[part]
    return one if count == 1 else many.format(count=count)


def all_in_words(counts: Counts) -> list[str]:
    return [in_words(part, count) for part, count in counts.items()]
