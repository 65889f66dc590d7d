"""Charts are well-formed drawings that say in words what they show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from interviewer.report import charts
from interviewer.report.charts import Bar
from interviewer.report.trends import Point

from .payloads import PAYLOADS

SVG = "{http://www.w3.org/2000/svg}"
ROWS = [Bar("Evidence", 3.25, 2.0), Bar("Ownership", None), Bar("Humility & <doubt>", 5.0, 5.0)]
START = datetime(2026, 1, 5, tzinfo=UTC)
POINTS = [Point(START + timedelta(days=days), level) for days, level in ((0, 1), (3, 4), (9, 5))]


@pytest.mark.parametrize(
    "drawn",
    [
        charts.dots(4, 2, 3),
        charts.dots(None),
        charts.scale(3.2, 1.0, 5.0),
        charts.bars(ROWS),
        charts.bars([]),
        charts.radar(ROWS),
        charts.over_time(POINTS, 2.1),
        charts.over_time(POINTS[:1]),
    ],
)
def test_every_chart_is_xml_with_a_name_and_no_style_of_its_own(drawn: str) -> None:
    root = ElementTree.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert all("style" not in element.attrib and not element.tag.endswith(("script", "a")) for element in root.iter())


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_name_can_bring_nothing_into_a_chart(payload: str) -> None:
    rows = [Bar(payload, 2.0), Bar(payload, 3.0), Bar(payload, 4.0)]
    for drawn in (charts.bars(rows), charts.radar(rows)):
        kinds = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(drawn).iter()}
        assert kinds <= {"svg", "path", "text", "rect"}


def _classes(drawn: str) -> list[str]:
    return [element.get("class", "") for element in ElementTree.fromstring(drawn)]


def test_dots_are_filled_up_to_the_first_answer_and_ringed_where_probes_added() -> None:
    assert _classes(charts.dots(4, 2, 1)) == ["full", "full", "gained", "gained", "empty", "tick"]


def test_a_level_that_probes_lowered_shows_as_it_is_now() -> None:
    assert _classes(charts.dots(2, 4)) == ["full", "full", "empty", "empty", "empty"]


def test_no_level_is_five_empty_dots() -> None:
    drawn = charts.dots(None, 3)
    assert _classes(drawn) == ["empty"] * 5
    assert 'aria-label="not scored, 3 before probes"' in drawn


def test_a_listener_hears_what_the_dots_show() -> None:
    assert 'aria-label="4 of 5, 2 before probes, offline estimate 3"' in charts.dots(4, 2, 3)


def test_a_bar_is_as_long_as_its_level_of_five() -> None:
    [fill] = [each for each in ElementTree.fromstring(charts.bars([Bar("A", 3.0)])) if each.get("class") == "fill"]
    assert fill.get("width") == "216.0"


def test_what_was_not_scored_has_no_bar() -> None:
    assert "fill" not in _classes(charts.bars([Bar("A", None)]))


def test_a_chart_marks_the_first_answer_only_where_probes_made_a_difference() -> None:
    still, moved = [Bar(name, 3.0, 3.0) for name in "ABC"], [Bar("A", 4.0, 2.0), Bar("B", 3.0), Bar("C", 3.0, 3.0)]
    drawn = [_classes(chart(rows)) for rows in (still, moved) for chart in (charts.bars, charts.radar)]
    assert [{"notch", "before"} & set(classes) for classes in drawn] == [set(), set(), {"notch"}, {"before"}]


def test_a_web_needs_three_spokes() -> None:
    assert charts.radar(ROWS[:2]) == ""


def test_a_course_needs_a_point() -> None:
    assert charts.over_time([]) == ""


def test_a_course_runs_from_the_first_moment_to_the_last() -> None:
    drawn = charts.over_time(POINTS, 2.0)
    assert 'd="M24.0 86L133.3 29L352.0 10"' in drawn
    assert "5 January 2026" in drawn
    assert "14 January 2026" in drawn
