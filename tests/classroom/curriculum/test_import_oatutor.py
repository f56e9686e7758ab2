"""OATutor's problems, in both of their forms: what can be read is taken; the rest is named."""

import gzip
import io
import json
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image

from plainview.classroom.curriculum.importers.latex import CannotReadFormula, read_formula
from plainview.classroom.curriculum.importers.oatutor import import_oatutor
from plainview.classroom.curriculum.mark import mark
from plainview.classroom.curriculum.models import Competency, Item, Picture

PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "data" / "oatutor"
needs_the_data = pytest.mark.skipif(
    not PUBLISHED.exists(), reason="../shared/data is not here: real files of others"
)
pytestmark = pytest.mark.django_db


def step(number="a", **changes):
    return {
        "id": f"p1{number}",
        "stepAnswer": ["$$\\frac{1}{2}$$"],
        "problemType": "TextBox",
        "stepTitle": "Half of $$1$$ is",
        "stepBody": "",
        "answerType": "arithmetic",
        "variabilization": {},
        "skills": ["name_a_half"],
        "hints": [{"id": "h1", "type": "hint", "dependencies": [], "title": "", "text": "Cut it."}],
    } | changes


def choose(**changes):
    return (
        step(
            problemType="MultipleChoice", choices=["$$1$$", "$$2$$"], stepAnswer=["$$2$$"], stepTitle="Which?"
        )
        | changes
    )


def problem(*steps, **changes):
    return {
        "id": "p1",
        "title": "Halves",
        "body": "",
        "variabilization": {},
        "oer": "https://example.org/book <A book>",
        "license": "https://creativecommons.org/licenses/by/4.0/ <CC BY 4.0>",
        "lesson": "1.1",
        "courseName": "A course",
        "steps": list(steps) or [step()],
    } | changes


@pytest.fixture
def lines(tmp_path):
    def write(*problems) -> Path:
        file = tmp_path / "course.jsonl"
        file.write_text("\n".join(p if isinstance(p, str) else json.dumps(p) for p in problems))
        return file

    return write


@pytest.fixture
def layout(tmp_path):
    """The same problem as the original repository lays it out, with a picture."""

    def write(one) -> Path:
        folder = tmp_path / "raw" / "content-pool" / one["id"]
        for given in one["steps"]:
            place = folder / "steps" / given["id"]
            (place / "tutoring").mkdir(parents=True)
            said = {key: value for key, value in given.items() if key not in ("hints", "skills")}
            (place / f"{given['id']}.json").write_text(json.dumps(said))
            (place / "tutoring" / f"{given['id']}DefaultPathway.json").write_text(json.dumps(given["hints"]))
        (folder / f"{one['id']}.json").write_text(
            json.dumps({key: value for key, value in one.items() if key != "steps"})
        )
        skills = {given["id"]: given["skills"] for given in one["steps"]}
        (tmp_path / "raw" / "skillModel.json").write_text(json.dumps(skills))
        (tmp_path / "raw" / "coursePlans.json").write_text(json.dumps([{"courseName": "A course"}]))
        return tmp_path / "raw"

    return write


def said(loaded) -> list[str]:
    return [str(fault) for fault in loaded.faults]


def test_a_step_becomes_an_item_that_says_where_it_came_from(lines):
    assert said(import_oatutor(lines(problem()))) == []
    item = Item.objects.get()
    assert item.stem_html == "<p>Halves</p><p>Half of 1 is</p>"
    assert item.source == "OATutor, A book (https://example.org/book)"
    assert item.licence == "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"
    assert item.competency.short_name == "Name a half"
    assert item.hints == ["Cut it."]
    assert mark(item, "2/4").right is True


def test_both_forms_give_the_same_rows(lines, layout):
    import_oatutor(lines(problem(step(), choose(id="p1b"))))
    by_line = list(Item.objects.order_by("identifier").values("identifier", "stem_html", "choices", "answer"))
    again = import_oatutor(layout(problem(step(), choose(id="p1b"))))
    assert again.made == {}
    by_folder = list(
        Item.objects.order_by("identifier").values("identifier", "stem_html", "choices", "answer")
    )
    assert by_line == by_folder


def test_reading_twice_changes_nothing(lines):
    file = lines(problem(step(), choose(id="p1b")))
    import_oatutor(file)
    again = import_oatutor(file)
    assert (again.made, again.changed, again.retired) == ({}, {}, {})


def test_a_part_of_a_course_leaves_the_other_parts_alone(lines):
    import_oatutor(lines(problem(), problem(step(id="p2a"), id="p2")))
    import_oatutor(lines(problem()))
    assert Item.objects.offered().count() == 2


def test_gzip_is_read_and_a_broken_one_is_named(tmp_path):
    whole = gzip.compress(json.dumps(problem()).encode())
    (tmp_path / "whole.jsonl.gz").write_bytes(whole)
    (tmp_path / "half.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    assert said(import_oatutor(tmp_path / "whole.jsonl.gz")) == []
    assert "half.jsonl.gz: found" in said(import_oatutor(tmp_path / "half.jsonl.gz"))[0]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("{not json", "course.jsonl, line 2: found"),
        ("[1, 2]", "course.jsonl, line 2: found '[1, 2]', expected a problem in {...}."),
        ("[" * 100_000, "course.jsonl, line 2: found"),
        (problem(id=None), "line 2, 'id': found 'None', expected a problem with an id and steps."),
        (problem(id="p1"), "line 2, 'id': found 'p1' again, expected each problem once."),
        (problem(step(stepAnswer=[]), id="p2"), "'steps.1.stepAnswer': found nothing, expected the answer."),
        (problem(step(skills=[]), id="p2"), "'steps.1.skills': found nothing, expected the skill"),
        (problem(step(problemType="Essay"), id="p2"), "'steps.1.problemType': found 'Essay'"),
        (problem(step(variabilization={"x": [1]}), id="p2"), "'steps.1.variabilization': found variables"),
        (
            problem(choose(stepAnswer=["$$3$$"]), id="p2"),
            "expected one of at least two choices as the answer.",
        ),
        (
            problem(step(stepBody="##figure1.gif##"), id="p2"),
            "found 'figure1.gif', expected the picture itself",
        ),
        (problem("nonsense", id="p2"), "'steps.1.id': found 'nonsense', expected a step with an id."),
        (
            problem(id="p2", license=""),
            "'license': found nothing, expected the terms on which it may be used.",
        ),
    ],
)
def test_what_cannot_be_read_is_named_by_its_place_and_the_rest_is_taken(lines, broken, sentence):
    loaded = import_oatutor(lines(problem(), broken))
    assert any(sentence in fault for fault in said(loaded)), said(loaded)
    assert not loaded.is_whole
    assert list(Item.objects.values_list("identifier", flat=True)) == ["oatutor-p1a"]


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        (step(hints=[]), "'steps.1.hints': found nothing, expected hints."),
        (step(skills=["one", "two"]), "'steps.1.skills': found 2 skills, expected one (the first is used)."),
        (choose(choices=["$$1$$", "$$2$$", "$$2$$"]), "'steps.1.choices': found one choice twice"),
        (
            step(hints=[{"id": "h1", "text": "x", "dependencies": ["h9"]}]),
            "'steps.1.hints.1.dependencies': found 'h9', expected a hint of this step (shown without it).",
        ),
        (
            step(stepBody="$$\\begin{x}$$"),
            "expected a sign that we know, not \\begin (shown as it was written).",
        ),
        (step(stepBody="lonely $$"), "found one $$ without its other, expected $$ in pairs."),
        (
            step(hints=[{"id": "h1", "text": "See ##figure9.gif##", "dependencies": []}]),
            "found 'figure9.gif', expected the picture itself beside the problem (the hint is left out).",
        ),
    ],
)
def test_what_is_odd_is_noted_and_taken_all_the_same(lines, odd, sentence):
    loaded = import_oatutor(lines(problem(odd)))
    assert any(sentence in fault for fault in said(loaded)), said(loaded)
    assert loaded.is_whole
    assert Item.objects.count() == 1


def test_every_row_of_others_has_a_page_whatever_its_name(lines, people, signed_in_as):
    import_oatutor(lines(problem(step(skills=["add/subtract? #1"], id="p/1 ?"), id="p/1")))
    client = signed_in_as(people.ada)
    competency = Competency.objects.get()
    for address in (
        reverse("curriculum:other_unit", args=[competency.unit.identifier]),
        competency.get_absolute_url(),
        reverse("curriculum:competency_paper", args=[competency.identifier]),
        reverse("curriculum:family_paper", args=[Item.objects.get().family.identifier]),
    ):
        assert client.get(address).status_code == 200, address


def test_terms_may_be_stated_for_rows_that_name_none(lines):
    import_oatutor(lines(problem(license="")), licence="CC BY 4.0")
    assert Item.objects.get().licence == "CC BY 4.0"


def test_markup_of_others_is_cleaned(lines):
    evil = "<script>alert(1)</script><b onclick=x>bold</b> -4<x<2 <img src=http://elsewhere.example/x>"
    loaded = import_oatutor(lines(problem(step(stepBody=evil))))
    html = Item.objects.get().stem_html
    assert "<b>bold</b> -4&lt;x&lt;2" in html
    assert not any(bad in html for bad in ("<script", "onclick", "<img", "elsewhere"))
    assert "found a picture by its address" in said(loaded)[0]


def test_a_picture_is_drawn_again_and_served_from_here(layout, people, signed_in_as):
    one = problem(step(stepBody="##figure1.gif##"))
    root = layout(one)
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(drawn, "GIF", comment=b"made at 42 Elm Street")
    (root / "content-pool" / "p1" / "figures").mkdir()
    (root / "content-pool" / "p1" / "figures" / "figure1.gif").write_bytes(drawn.getvalue())
    assert said(import_oatutor(root)) == []
    picture = Picture.objects.get()
    assert bytes(picture.png).startswith(b"\x89PNG")
    assert b"Elm Street" not in bytes(picture.png)
    assert f'width="{picture.width}" height="20"' in Item.objects.get().stem_html
    import_oatutor(root)
    assert Picture.objects.count() == 1
    response = signed_in_as(people.ada).get(f"/learn/picture/{picture.identifier}.png")
    assert (response["Content-Type"], response.content) == ("image/png", bytes(picture.png))


@pytest.mark.parametrize(
    "bytes_", [b"", b"<script>alert(1)</script>", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_is_no_picture_is_not_kept(layout, bytes_):
    root = layout(problem(step(stepBody="##figure1.gif##")))
    (root / "content-pool" / "p1" / "figures").mkdir()
    (root / "content-pool" / "p1" / "figures" / "figure1.gif").write_bytes(bytes_)
    assert "expected a PNG, GIF, JPEG or WebP picture that can be opened" in said(import_oatutor(root))[0]
    assert Picture.objects.count() == Item.objects.count() == 0


def test_a_picture_outside_its_folder_is_not_there(layout):
    root = layout(problem(step(stepBody="##..##")))
    assert "expected the picture itself beside the problem" in said(import_oatutor(root))[0]


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert (
        "expected a folder with content-pool/, or a .jsonl(.gz) file"
        in said(import_oatutor(tmp_path / "no"))[0]
    )


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("\\frac{3}{4}", "3/4"),
        ("\\frac{-11}{4}", "-11/4"),
        ("x^2+2x-4", "x^2+2x-4"),
        ("\\left(x-1\\right)^2", "(x-1)^2"),
        ("\\sqrt{8}", "√(8)"),
        ("\\sqrt[3]{x}", "root 3 of (x)"),
        ("a_1 \\leq \\$5", "a_1 ≤ $5"),
        ("\\frac{\\frac{1}{2}}{x}", "(1/2)/x"),
        ("\\operatorname{log}x", "logx"),
    ],
)
def test_formulas_are_drawn_and_said(latex, text):
    formula = read_formula(latex)
    assert formula.text == text
    assert "\\" not in formula.html


@pytest.mark.parametrize(
    "latex",
    ["\\frac{1}", "{", "}", "x^", "\\nosuch", "{" * 50, "\\sqrt[3", "\\text{a", "x" * 3000, "\\frac{1}{0}"],
)
def test_formulas_that_we_cannot_read_say_so(latex):
    with pytest.raises(CannotReadFormula):
        read_formula(latex)


@needs_the_data
def test_the_published_folder_is_read():
    loaded = import_oatutor(PUBLISHED / "raw")
    assert loaded.made["items"] == 91
    assert loaded.is_whole
    assert "expected one (the first is used)" in said(loaded)[0]


@needs_the_data
def test_the_published_file_is_read_and_its_known_faults_are_named():
    loaded = import_oatutor(PUBLISHED / "Solid_Foundations_Algebra.jsonl.gz")
    assert loaded.made["items"] > 300
    words = " ".join(said(loaded))
    assert words.count("'license': found nothing") == 15
    assert "expected the picture itself beside the problem" in words
    assert Competency.objects.exclude(licence="").count() == Competency.objects.count() > 0
