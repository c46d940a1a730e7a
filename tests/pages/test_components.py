"""Each partial, rendered with a sample of the context that its comment promises."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django import forms
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from django.test.html import Element, parse_html

PARTIALS = Path(django_settings.BASE_DIR) / "templates" / "partials"

THREE_ANSWERS = [("yes", "yes"), ("no", "no"), ("unknown", "not known")]


@pytest.fixture(autouse=True)
def _static_files_without_hashes(settings):
    """The tests of markup must not wait for a build."""
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def rendered(partial: str, **context: object) -> str:
    return render_to_string(f"partials/{partial}.html", context)


def words(html: str) -> str:
    """What a screen reader would read in a row, without attributes."""

    def collect(element: Element | str) -> str:
        if isinstance(element, str):
            return element
        return " ".join(collect(child) for child in element.children)

    return " ".join(collect(parse_html(html)).split())


@dataclass(frozen=True)
class Flag:
    severity: str
    label: str
    url: str = ""


@dataclass(frozen=True)
class Strip:
    name: str = "Jürgen Müller-Łukasz"
    patient_id: str = ""
    birth_date: str = "29 Feb 1968"
    age: str = "58"
    sex: str = "male"
    record_number: str = "A-1001"
    extent: str = ""
    line: str = ""
    month: int | None = None
    flags: tuple[Flag, ...] = ()


class VisitForm(forms.Form):
    vegf = forms.CharField(label="VEGF, plasma", help_text="As the laboratory wrote it.")
    note = forms.CharField(label="Note", required=False)
    neuropathy = forms.ChoiceField(label="Polyneuropathy", choices=THREE_ANSWERS, widget=forms.RadioSelect)


# Who it is


def test_the_strip_is_a_landmark_with_name_birth_date_age_and_number():
    html = rendered("identity", identity=Strip())
    assert 'aria-label="Patient"' in html
    assert "Jürgen Müller-Łukasz Born 29 Feb 1968 (58 y) Sex male No. A-1001" in words(html)


def test_the_strip_shows_unknown_extent_and_line_as_unknown():
    assert "Extent not in the record Line none recorded" in words(rendered("identity", identity=Strip()))


def test_the_strip_takes_a_birth_year_where_the_day_is_unknown():
    html = rendered("identity", identity=replace(Strip(), birth_date="1968", age="57 or 58"))
    assert "Born 1968 (57 or 58 y) Sex" in words(html)


def test_the_strip_shows_month_zero_of_a_line():
    html = rendered("identity", identity=replace(Strip(), line="First", month=0))
    assert "month 0" in words(html)


def test_a_flag_says_its_severity_in_words():
    html = rendered("identity", identity=replace(Strip(), flags=(Flag("critical", "Radiation unanswered"),)))
    assert "Critical: Radiation unanswered" in words(html)


def test_a_name_with_markup_in_it_stays_text():
    html = rendered("identity", identity=replace(Strip(), name="<script>alert(1)</script>"))
    assert "<script>" not in html


# Where one is


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False
    icon: str = "patients"


def test_the_current_tab_is_marked_for_all():
    html = rendered("tabs", tabs=[Link("Overview", "/o", current=True), Link("History", "/h")])
    assert '<a href="/o" aria-current="page">' in html
    assert html.count("aria-current") == 1


def test_navigation_is_one_landmark_that_opens_without_a_script():
    html = rendered("topbar", nav=[Link("Patients", "/p", current=True)])
    assert '<nav id="site-nav" class="site-nav" aria-label="Main" popover>' in html
    assert 'popovertarget="site-nav"' in html


def test_somebody_without_pages_gets_no_empty_menu():
    assert "<nav" not in rendered("topbar", nav=[])


def test_the_breadcrumb_is_a_named_list_of_links():
    html = rendered("breadcrumb", up_label="Patients", up_url="/patients/")
    assert 'aria-label="Breadcrumb"' in html
    assert '<li><a href="/patients/">Patients</a></li>' in html


# Words about a patient


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("preferred", "Preferred"),
        ("suitable", "Suitable"),
        ("caution", "Caution"),
        ("undetermined", "Undetermined"),
        ("not_judged", "Not judged"),
        ("not_recommended", "Not recommended"),
        ("excluded", "Excluded"),
        ("not_applicable", "Not applicable"),
    ],
)
def test_a_status_is_a_word_with_a_silhouette_of_its_own(status, word):
    html = rendered("status", status=status)
    assert words(html) == word
    assert f"icons.svg#{status.replace('_', '-')}" in html


def test_a_status_nobody_foresaw_is_shown_as_it_is():
    assert words(rendered("status", status="postponed")) == "postponed"


@pytest.mark.parametrize("severity", ["info", "warning", "critical"])
def test_a_severity_is_a_word_with_a_silhouette_of_its_own(severity):
    html = rendered("severity", severity=severity)
    assert words(html) == severity.capitalize()
    assert f"icons.svg#{severity}" in html


def test_unknown_is_neither_no_nor_blank():
    assert words(rendered("answer", value=None)) == "not known"
    assert words(rendered("answer", value=False)) == "no"


def test_unapproved_content_is_named_with_its_version():
    html = rendered("stripe", content_version="2026.1", content_status="in review")
    assert "Guideline content not approved here version 2026.1, in review" in words(html)


# Forms


def test_the_summary_links_each_error_to_its_field():
    html = rendered("error_summary", form=VisitForm({}))
    assert 'role="alert"' in html
    assert '<a href="#id_vegf">VEGF, plasma</a>' in html
    assert '<a href="#id_neuropathy_0">Polyneuropathy</a>' in html


def test_a_form_without_errors_has_no_summary():
    assert rendered("error_summary", form=VisitForm()).strip() == ""


def test_errors_of_the_whole_form_come_without_a_link():
    form = VisitForm({"vegf": "5", "neuropathy": "no"})
    form.add_error(None, "Changed meanwhile.")
    assert "<li>Changed meanwhile.</li>" in rendered("error_summary", form=form)


def test_a_unit_is_read_with_the_label():
    html = rendered("field", field=VisitForm()["vegf"], unit="pg/mL")
    assert "VEGF, plasma in pg/mL" in words(html)


def test_help_and_error_of_a_field_are_tied_to_it():
    html = rendered("field", field=VisitForm({})["vegf"])
    assert 'aria-describedby="id_vegf_helptext id_vegf_error"' in html
    assert 'id="id_vegf_helptext"' in html
    assert 'id="id_vegf_error"' in html


def test_three_answers_are_offered_and_none_is_preselected():
    html = rendered("ternary", field=VisitForm()["neuropathy"])
    assert words(html) == "Polyneuropathy yes no not known"
    assert "checked" not in html


# Planning


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    url: str = ""


def test_the_current_step_is_marked_and_later_ones_cannot_be_opened():
    html = rendered(
        "steps", steps=[Step("Course", "done", "/1"), Step("Extent", "current", "/2"), Step("Sign", "open")]
    )
    # Once for wide windows and once folded for phones; a style sheet shows one of the two.
    assert html.count('aria-current="step"') == 2
    assert words(html).count("Done: Course 2 Extent 3 Sign") == 2
    assert html.count("<a ") == 4


def test_a_phone_is_told_the_step_in_one_line():
    html = rendered("steps", steps=[Step("Course", "done", "/1"), Step("Extent", "current", "/2")])
    assert "Step 2 of 2: Extent" in words(html)


def test_a_phone_is_told_that_every_step_is_done():
    html = rendered("steps", steps=[Step("File", "done", "/1"), Step("Result", "done", "/2")])
    assert "All 2 steps are done" in words(html)


def test_an_argument_says_its_direction_and_strength_in_words():
    html = rendered("argument", direction="against", strength="strong", sentence="Not before harvest.")
    assert "Against, strong Not before harvest." in words(html)


@pytest.mark.parametrize("direction", ["for", "against", "confirms", "excludes", "undetermined"])
def test_an_argument_without_a_basis_leaves_no_empty_line(direction):
    assert "argument-basis" not in rendered("argument", direction=direction, sentence="Because.")


# Lists


def test_a_sorted_column_tells_its_direction():
    html = rendered("sort_header", label="Name", url="?sort=-name", direction="ascending")
    assert '<th scope="col" aria-sort="ascending">' in html


def test_an_unsorted_column_tells_no_direction():
    assert "aria-sort" not in rendered("sort_header", label="Name", url="?sort=name", direction="")


def test_the_three_reasons_for_emptiness_look_different():
    symbols = {
        rendered("empty", reason=reason, title="Nothing").split("icons.svg#")[1].split('"')[0]
        for reason in ("no_data", "no_match", "no_permission")
    }
    assert len(symbols) == 3


def test_a_list_of_one_page_has_no_pager():
    assert rendered("pager", previous_url="", next_url="").strip() == ""


def test_the_last_page_leads_back_only():
    html = rendered("pager", previous_url="?after=1", next_url="")
    assert 'rel="prev"' in html
    assert 'rel="next"' not in html


# What just happened


@dataclass(frozen=True)
class Message:
    level_tag: str
    text: str

    def __str__(self) -> str:
        return self.text


def test_messages_stand_in_a_polite_live_region():
    html = rendered("messages", messages=[Message("success", "Saved.")])
    assert 'id="messages" class="messages" role="status" aria-live="polite"' in html
    assert "Saved." in words(html)


def test_the_live_region_is_there_before_it_has_to_speak():
    assert 'aria-live="polite"' in rendered("messages", messages=[])


def test_an_htmx_answer_adds_to_the_messages_of_the_page():
    html = rendered("messages", messages=[Message("danger", "Refused.")], oob=True)
    assert 'hx-swap-oob="beforeend"' in html
    assert "<template" not in html


def test_an_alert_says_its_severity_in_words():
    html = rendered("notice", severity="critical", title="Radiation unanswered")
    assert "Critical: Radiation unanswered" in words(html)


# Before and beside the house


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_nothing_from_the_request(page):
    html = render_to_string(f"{page}.html")
    assert html.count("<h1>") == 1
    assert '<main id="main"' in html


@pytest.mark.parametrize("base", ["base.html", "base_plain.html"])
def test_a_page_begins_with_a_link_to_its_content_and_says_its_language(base):
    html = render_to_string(base)
    assert '<html lang="en"' in html
    assert html.index('href="#main"') < html.index("<main")
    assert html.count("<main") == 1


@pytest.mark.parametrize("partial", sorted(path.stem for path in PARTIALS.glob("*.html")))
def test_a_partial_says_its_context_on_top(partial):
    source = (PARTIALS / f"{partial}.html").read_text()
    assert source.startswith("{% comment %}")
