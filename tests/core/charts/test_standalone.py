"""A picture as a file of its own."""

import re
import sys
import xml.etree.ElementTree as ET
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import pytest

from plainview.core.charts import standalone as module
from plainview.core.charts.learning import learning_curve
from plainview.core.charts.standalone import png, standalone
from plainview.core.mendable import Mendable

ROOT = Path(__file__).parents[3]
CHART = learning_curve(opportunity=[1, 1, 2, 2], correct=[0, 1, 1, 1], predicted=[0.4, 0.6, 0.7, 0.8])
SHEET = (resources.files("plainview.core.charts") / "standalone.css").read_text(encoding="utf-8")
SCRIPT = ROOT / "scripts" / "pictures.py"
PICTURES = sorted((ROOT / "docs" / "pictures" / "core").glob("*.svg"))


def test_it_holds_its_colours_and_still_says_what_it_is():
    svg = ET.fromstring(standalone(CHART))  # noqa: S314
    tags = [one.tag.split("}")[1] for one in svg]
    assert tags[:4] == ["title", "desc", "style", "rect"]
    assert svg[1].text == CHART.sentence and "script" not in tags


def test_it_reaches_for_nothing_outside():
    assert not re.search(r"url\(|@import|href", standalone(CHART))


def test_every_role_in_a_picture_has_a_colour_of_its_own():
    drawn = "".join(path.read_text("utf-8") for path in PICTURES)
    classes = [found for found in re.findall(r'class="([^"]+)"', drawn) if not found.startswith("chart ")]
    roles = {role for found in classes for role in found.split()} - {"label"}
    assert not [role for role in roles if f".{role}" not in SHEET]


def test_the_colours_are_those_of_the_house():
    css = ROOT / "src" / "plainview" / "site" / "static" / "site" / "plainview.css"
    house = set(re.findall(r"#[0-9a-f]{6}", css.read_text("utf-8").lower()))
    house |= {"#000000", "#ffffff"}
    assert set(re.findall(r"#[0-9a-f]{6}", SHEET.lower())) <= house


def test_no_colour_stands_in_python():
    for path in Path(module.__file__).parent.glob("*.py"):
        assert not re.search(r"#[0-9A-Fa-f]{6}\b|rgb\(", path.read_text("utf-8")), path.name


def test_png_without_its_extra_says_what_to_do(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(Mendable, match=r"pip install 'plainview\[png\]'"):
        png(CHART)


@pytest.mark.skipif(find_spec("vl_convert") is None, reason="the extra 'png' is not installed")
def test_png_is_a_picture_of_the_size_that_was_asked_for():
    made = png(CHART, scale=2)
    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(made[at : at + 4], "big") for at in (16, 20))
    svg = ET.fromstring(CHART.svg)  # noqa: S314
    assert (width, height) == (2 * float(svg.get("width")), 2 * float(svg.get("height")))


def test_the_modules_that_the_site_imports_stay_plain_python():
    for name in ("chart", "doubt", "minutes"):
        source = (Path(module.__file__).parent / f"{name}.py").read_text("utf-8")
        assert "numpy" not in source and "plane" not in source
    assert "plainview.core.charts" in sys.modules


@pytest.mark.skipif(not PICTURES, reason="docs are not beside this copy")
def test_the_page_of_pictures_shows_each_with_its_sentence():
    page = (ROOT / "docs" / "charts.md").read_text("utf-8")
    for path in PICTURES:
        described = ET.fromstring(path.read_text("utf-8"))[1].text  # noqa: S314
        assert f"![{described}](pictures/core/{path.name})" in page


@pytest.mark.skipif(
    not (ROOT / "scripts" / "pictures.py").exists(), reason="scripts are not beside this copy"
)
def test_the_code_on_the_page_is_the_code_that_made_the_pictures():
    page, script = (path.read_text("utf-8") for path in (ROOT / "docs" / "charts.md", SCRIPT))
    shown = script[script.index("# ---- What the pictures") : script.index("SECTIONS")]
    lines = [line for line in shown.splitlines() if line.startswith("    return ")]
    assert len(lines) > 10
    assert not [line for line in lines if line not in page]
