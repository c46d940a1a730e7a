"""The document of a signed plan: text from what was frozen, nothing looked up in today's content."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from patients.models import Patient
from treatment.documents.compile import compile_pdf
from treatment.models import Paper, Plan
from treatment.presenters.plan import PlanShown, plan_shown
from treatment.words import STATUS

MET = {True: "met", False: "not met", None: "cannot be said yet"}


@dataclass(frozen=True)
class Person:
    """Who the document is about, on each of its pages."""

    name: str
    birth_date: str
    record_number: str


@dataclass(frozen=True)
class ArgumentText:
    word: str
    text: str
    basis: str
    absolute: bool
    counter_evidence: tuple[str, ...]


@dataclass(frozen=True)
class OptionText:
    label: str
    status: str
    why: str
    in_favour_of: tuple[ArgumentText, ...]
    against: tuple[ArgumentText, ...]


@dataclass(frozen=True)
class AdvisoryText:
    severity: str
    text: str
    basis: str
    counter_evidence: tuple[str, ...]


@dataclass(frozen=True)
class FactText:
    label: str
    value: str
    origin: str


@dataclass(frozen=True)
class FactGroupText:
    title: str
    facts: tuple[FactText, ...]


@dataclass(frozen=True)
class SourceText:
    number: str
    words: str


@dataclass(frozen=True)
class DayText:
    """One day of an examination; ``month`` counts from the event named above, empty for a day of its own."""

    month: str
    due: str
    window: str


@dataclass(frozen=True)
class ExaminationText:
    """All days of one examination that count from one event; ``about`` says from which, and who answers."""

    title: str
    about: str
    days: tuple[DayText, ...]


@dataclass(frozen=True)
class PlanDocument:
    """A plan in words. ``stripe`` says that its content is not approved and is empty when it is."""

    number: int
    version: int
    person: Person
    hospital: str
    signed_by: str
    at: datetime
    stripe: str
    content: str
    engine: str
    facts_sha256: str
    extent: str
    pathway: str
    mayo: str
    chiba: str
    sequence: tuple[str, ...]
    beside_sequence: str
    reason: str
    exception: tuple[str, ...]
    treatments: tuple[Mapping[str, Any], ...]
    supportive: tuple[Mapping[str, Any], ...]
    chosen: tuple[OptionText, ...]
    others: tuple[OptionText, ...]
    unknowns: tuple[str, ...]
    missing: tuple[str, ...]
    facts: tuple[FactGroupText, ...]
    advisories: tuple[AdvisoryText, ...]
    examinations: tuple[ExaminationText, ...]
    sources: tuple[SourceText, ...]

    @property
    def title(self) -> str:
        """Names no person: titles stand in windows and file lists."""
        return f"Treatment plan {self.number}, version {self.version}"


def plan_pdf(document: PlanDocument, paper: str = Paper.A4) -> bytes:
    """The PDF of a plan; the same document gives the same bytes."""
    data = asdict(document) | {
        "title": document.title,
        "label": f"Plan {document.number}, version {document.version}",
        "foot": f"{document.hospital} · guideline content {document.content}",
        "signed_at": date_format(localtime(document.at), "j F Y, H:i"),
    }
    del data["at"]
    return compile_pdf("plan.typ", data, paper=paper, at=document.at)


def plan_document(plan: Plan, patient: Patient) -> PlanDocument:
    """The document of a signed plan, with the patient's identity as it is known now."""
    shown = plan_shown(plan)
    decision = shown.decision
    return PlanDocument(
        number=plan.number,
        version=plan.version,
        person=Person(patient.full_name, str(patient.born), patient.record_number),
        hospital=plan.hospital.name,
        signed_by=plan.signed_by.full_name,
        at=plan.signed_at,
        stripe=_stripe(shown),
        content=_content(plan, shown),
        engine=plan.engine,
        facts_sha256=plan.facts_sha256,
        extent=decision["extent"],
        pathway=decision["pathway"],
        mayo=MET[decision["mayo"]],
        chiba=MET[decision["chiba"]],
        sequence=tuple(option["label"] for option in shown.chosen),
        beside_sequence="with adjunct radiation" if plan.adjunct_radiation else "",
        exception=tuple(_exception(shown.exception)) if shown.exception else (),
        treatments=tuple(shown.treatments),
        supportive=tuple(shown.supportive),
        reason=": ".join(filter(None, [shown.reason or "None given", shown.reason_text])),
        chosen=tuple(_option(option) for option in shown.chosen),
        others=tuple(_option(option) for option in shown.others),
        unknowns=tuple(fact["label"] for fact in shown.unknowns),
        missing=tuple(_missing(missing) for missing in decision["missing"]),
        facts=tuple(_known(shown.fact_groups)),
        advisories=tuple(_advisory(advisory) for advisory in decision["advisories"]),
        examinations=tuple(_examinations(shown.follow_ups)),
        sources=_sources(decision),
    )


def _content(plan: Plan, shown: PlanShown) -> str:
    otherwise = "" if shown.decision["approved"] else ", not approved here"
    return f"{plan.content_id} {plan.content_version}, {shown.summary.content_status}{otherwise}"


def _stripe(shown: PlanShown) -> str:
    if shown.decision["approved"]:
        return ""
    summary = shown.summary
    return f"Guideline content not approved: version {summary.content_version}, {summary.content_status}"


def _exception(exception: Mapping[str, Any]) -> Iterator[str]:
    """What was excluded absolutely and confirmed all the same: by whom, and both people's words."""
    yield (
        f"Against an absolute contraindication, confirmed by {exception['answered_by']} on "
        f"{exception['answered_at']}."
    )
    yield from exception["arguments"]
    yield f"{exception['asked_by']}: {exception['text']}"
    if exception["answer_text"]:
        yield f"{exception['answered_by']}: {exception['answer_text']}"


def _option(option: Mapping[str, Any]) -> OptionText:
    return OptionText(
        label=option["label"],
        status=STATUS[option["status"]],
        why=option["why"].rstrip("."),
        in_favour_of=tuple(_argument(argument) for argument in option["in_favour_of"]),
        against=tuple(_argument(argument) for argument in option["against"]),
    )


def _argument(argument: Mapping[str, Any]) -> ArgumentText:
    return ArgumentText(
        word=argument["word"],
        text=argument["text"],
        basis=argument["basis"],
        absolute=argument["absolute"],
        counter_evidence=_counter(argument),
    )


def _advisory(advisory: Mapping[str, Any]) -> AdvisoryText:
    return AdvisoryText(
        severity=advisory["severity"].capitalize(),
        text=advisory["text"],
        basis=", ".join(source["number"] for source in advisory["sources"]),
        counter_evidence=_counter(advisory),
    )


def _counter(statement: Mapping[str, Any]) -> tuple[str, ...]:
    """What speaks against a statement, each with the numbers of its sources."""
    return tuple(
        f"{counter['text']} ({', '.join(source['number'] for source in counter['sources'])})"
        for counter in statement["counter_evidence"]
    )


def _missing(missing: Mapping[str, Any]) -> str:
    return f"{missing['fact']['label']} can change {', '.join(missing['can_change'])}"


def _known(groups: Iterable[Mapping[str, Any]]) -> Iterator[FactGroupText]:
    """The sections of which something was known, and of each only that: the rest stands under unknown."""
    for group in groups:
        facts = [known for known in group["facts"] if known["is_known"]]
        if facts:
            texts = [FactText(one["fact"]["label"], one["fact"]["value"], one["origin"]) for one in facts]
            yield FactGroupText(group["title"], tuple(texts))


def _examinations(follow_ups: Iterable[Mapping[str, Any]]) -> Iterator[ExaminationText]:
    """In the order in which they first come: what all days have in common is said once."""
    groups: dict[tuple[str, str], list[DayText]] = {}
    for item in follow_ups:
        month = f"{item['month']}" if item["after"] else ""
        day = DayText(month, item["due"], f"{item['earliest']} to {item['latest']}")
        groups.setdefault((item["title"], _about(item)), []).append(day)
    for (title, about), days in groups.items():
        yield ExaminationText(title, about, tuple(days))


def _about(item: Mapping[str, Any]) -> str:
    """Plans that were signed before somebody was named for each examination name nobody."""
    who = f"{item['responsible']}. " if item.get("responsible") else ""
    counted = f"Counted from: {item['anchor']}, {item['anchored_on']}. " if item["after"] else ""
    return f"{who}{counted}{item['sources']}"


def _sources(decision: Mapping[str, Any]) -> tuple[SourceText, ...]:
    """Every source named anywhere in the decision, once, by number."""
    found: dict[str, Mapping[str, Any]] = {}
    arguments = [one for option in decision["options"] for one in option["in_favour_of"] + option["against"]]
    for statement in [*arguments, *decision["advisories"]]:
        for cited in [statement, *statement["counter_evidence"]]:
            found |= {source["number"]: source for source in cited["sources"]}
    return tuple(SourceText(number, _source(found[number])) for number in sorted(found))


def _source(source: Mapping[str, Any]) -> str:
    year = f", {source['year']}" if source["year"] else ""
    people = (
        f", n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{source['participants']}"
        if source["participants"] is not None
        else ""
    )
    note = f" {source['note']}" if source["note"] else ""
    return f"{source['title']}. {source['published_in']}{year}. {source['kind'].capitalize()}{people}.{note}"
