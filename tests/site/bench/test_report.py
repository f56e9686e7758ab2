"""What was found, as people, programs and the page in the docs read it."""

import json
from datetime import date
from pathlib import Path

import pytest

from plainview.cli.bench import machine as machines
from plainview.cli.bench import report
from plainview.cli.bench.figures import Figure
from plainview.site.bench import house, machine

DOCS = Path(__file__).parents[3] / "docs" / "performance.md"
MACHINE = machines.Machine(
    on="2026-03-04",
    cpu="A processor",
    n_cores=2,
    memory_gib=8.0,
    busy_before=0.1,
    system="Linux x86_64",
    python="3.11.7",
    versions={"Django": "5.2.1", "SQLite": "3.40.1", "gunicorn": "23.0"},
)
FIGURES = [
    Figure(group="answer", what="round trip", measured=2.913, unit="CPU-ms", at_most=3, note="one POST"),
    Figure(group="answer", what="slowest", measured=31.4, unit="ms"),
    Figure(group="load", what="p99", measured=61.2, unit="ms", at_most=50),
    Figure(group="load", what="memory", measured=None, unit="MB", at_most=150),
]


def test_a_table_says_what_was_measured_beside_its_bar():
    lines = report.table(MACHINE, FIGURES).splitlines()
    (trip,) = [line for line in lines if "round trip" in line]
    assert trip.split() == ["round", "trip", "2.91", "CPU-ms", "at", "most", "3", "CPU-ms", "holds"]
    (p99,) = [line for line in lines if "p99" in line]
    assert p99.endswith("does not hold")
    (memory,) = [line for line in lines if "memory" in line]
    assert memory.count("cannot say") == 2
    assert lines[-1] == "1 of 3 bars hold."


def test_the_machine_and_the_day_stand_above():
    first = report.table(MACHINE, FIGURES).splitlines()[0]
    for said in ("2026-03-04", "A processor", "2 cores", "8 GiB", "Python 3.11.7", "SQLite 3.40.1"):
        assert said in first


def test_a_program_reads_back_what_was_found():
    text = report.as_json(MACHINE, FIGURES)
    assert json.loads(text)["all_hold"] is False
    told = json.loads(text) | {"figures": [_without_verdict(one) for one in json.loads(text)["figures"]]}
    assert house.read(json.dumps(told)) == (MACHINE, FIGURES)


def _without_verdict(told: dict) -> dict:
    return {name: value for name, value in told.items() if name != "holds"}


@pytest.mark.parametrize(
    "value, said",
    [
        (0, "0"),
        (2_000_000, "2,000,000"),
        (2.9134, "2.91"),
        (149.6, "150"),
        (1234.5, "1,234"),
        (None, "cannot say"),
    ],
)
def test_three_figures_say_enough(value, said):
    assert report.number(value) == said


def test_figures_are_set_between_the_marks_and_a_persons_words_stay(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"Before.\n{report.BEGIN}\nlast year's\n{report.END}\nAfter.\n")
    report.write_into(page, report.markdown(MACHINE, FIGURES))
    report.write_into(page, report.markdown(MACHINE, FIGURES))
    text = page.read_text()
    assert text.startswith("Before.\n") and text.endswith("\nAfter.\n")
    assert "last year" not in text
    assert text.count("| round trip (one POST) | 2.91 CPU-ms | at most 3 CPU-ms | holds |") == 1


def test_a_page_without_a_place_for_figures_is_left_alone(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("My own words.")
    with pytest.raises(report.NoPage, match="found no place for figures"):
        report.write_into(page, "figures")
    assert page.read_text() == "My own words."
    with pytest.raises(report.NoPage, match="there is no such page"):
        report.write_into(tmp_path / "none.md", "figures")


def test_the_page_in_the_docs_has_a_place_for_figures(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(DOCS.read_text())
    report.write_into(page, "new figures")
    assert f"{report.BEGIN}\nnew figures\n{report.END}" in page.read_text()


def test_the_machine_tells_its_versions_and_not_whose_it_is():
    import platform

    here = machine.read(on=date(2026, 3, 4))
    assert here.n_cores >= 1
    assert here.python == platform.python_version()
    assert platform.node() not in machines.sentence(here)
