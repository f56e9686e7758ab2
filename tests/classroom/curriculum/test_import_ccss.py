"""The graph of the public standards: what comes before what, beside our own units and never over them."""

import json
from pathlib import Path

import pytest

from plainview.classroom.curriculum.importers.ccss import import_ccss
from plainview.classroom.curriculum.load import load_content
from plainview.classroom.curriculum.models import Competency

PUBLISHED = Path(__file__).resolve().parents[4] / "shared" / "data" / "ccssm"
pytestmark = pytest.mark.django_db


def standard(grade, counter, words, **more):
    return {
        "grade_level_code": grade,
        "domain_code": "NF",
        "cluster_code": "A",
        "standard_counter": counter,
        "substandard_counter": None,
        "description": words,
    } | more


K8 = [
    standard("3", "1", "Understand a fraction, first words only matter."),
    standard("4", "1", "Make equal fractions."),
    standard("4", "1", "In two ways.", substandard_counter="a"),
]
HS = [standard("HS", "1", "Rewrite expressions.", category_code="A", domain_code="SSE")]


def edge(source, target, relationship="dependency"):
    return {"source": source, "target": target, "relationship": relationship}


EDGES = [edge("3.NF.A.1", "4.NF.A.1"), edge("4.NF.A.1", "HSA.SSE.A.1")]


@pytest.fixture
def graph(tmp_path):
    def write(k8=K8, hs=HS, edges=EDGES) -> Path:
        folder = tmp_path / "graph" / "json"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "ccssm-k8.json").write_text(json.dumps({"standards": k8}))
        (folder / "ccssm-hs.json").write_text(json.dumps({"standards": hs}))
        (folder / "ccssm-dependencies.json").write_text(json.dumps({"dependencies": edges}))
        return folder.parent

    return write


def said(loaded):
    return [str(fault) for fault in loaded.faults]


def before(code):
    return set(Competency.objects.get(identifier=code).requires.values_list("identifier", flat=True))


def test_standards_become_competencies_with_their_prerequisites(graph):
    assert said(import_ccss(graph())) == []
    assert set(Competency.objects.values_list("identifier", flat=True)) == {
        *("3.NF.A.1", "4.NF.A.1", "4.NF.A.1.a", "HSA.SSE.A.1")
    }
    assert before("HSA.SSE.A.1") == {"4.NF.A.1"}
    assert Competency.objects.get(identifier="3.NF.A.1").short_name == "Understand a fraction"
    assert "NGA" in Competency.objects.first().licence


def test_reading_twice_changes_nothing(graph):
    import_ccss(graph())
    again = import_ccss(graph())
    assert (again.made, again.changed, again.retired) == ({}, {}, {})
    assert before("4.NF.A.1") == {"3.NF.A.1"}


def test_our_own_words_and_prerequisites_stay(graph, small_unit):
    load_content(small_unit.parent)
    import_ccss(graph(edges=[edge("4.NF.A.1", "3.NF.A.1"), edge("3.NF.A.1", "4.NF.A.1.a")]))
    ours = Competency.objects.get(identifier="3.NF.A.1")
    assert (ours.short_name, ours.unit.identifier, before("3.NF.A.1")) == ("Name parts", "apples", set())
    assert before("4.NF.A.1.a") == {"3.NF.A.1"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"k8": [*K8, K8[0]]}, "ccssm-k8.json, '4.standard_counter': found 3.NF.A.1 again"),
        ({"k8": [*K8, standard("5", "1", " ")]}, "ccssm-k8.json, '4.description': found '5.NF.A.1'"),
        ({"k8": [*K8, standard("", "1", "Words")]}, "expected a code and a statement"),
        ({"k8": [*K8, "words"]}, "ccssm-k8.json, '4.standards': found 'words', expected names with values."),
        (
            {"edges": [*EDGES, edge("9.X", "4.NF.A.1")]},
            "'3.source': found '9.X', expected a standard of this",
        ),
        ({"edges": [*EDGES, edge("4.NF.A.1", "3.NF.A.1")]}, "found a circle from 4.NF.A.1 to 3.NF.A.1"),
        ({"edges": [*EDGES, edge("4.NF.A.1", "4.NF.A.1")]}, "found a circle from 4.NF.A.1 to 4.NF.A.1"),
        (
            {"edges": [*EDGES, edge("3.NF.A.1", "4.NF.A.1.a", "friendship")]},
            "'3.relationship': found 'friendship'",
        ),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_taken(graph, change, sentence):
    loaded = import_ccss(graph(**change))
    assert any(sentence in fault for fault in said(loaded)), said(loaded)
    assert Competency.objects.count() == 4
    assert before("4.NF.A.1") == {"3.NF.A.1"}


def test_a_connection_has_no_direction_and_makes_no_prerequisite(graph):
    import_ccss(graph(edges=[edge("3.NF.A.1", "4.NF.A.1", "conceptual connection")]))
    assert before("4.NF.A.1") == set()


def test_as_csv_it_says_the_same_and_names_the_line(tmp_path):
    header = "grade_level_code,domain_code,cluster_code,standard_counter,substandard_counter,description\n"
    (tmp_path / "ccssm-k8.csv").write_text(header + '3,NF,A,1,,"Understand, well"\n4,NF,A,,,Nothing\n')
    (tmp_path / "ccssm-dependencies.csv").write_text("source,target,relationship\n3.NF.A.1,9.X,dependency\n")
    loaded = import_ccss(tmp_path)
    assert Competency.objects.get().identifier == "3.NF.A.1"
    assert said(loaded) == [
        "ccssm-k8.csv, line 3, 'description': found 'Nothing', expected a code and a statement.",
        "ccssm-hs.json: found no such file, expected this file, or the same as .csv.",
        "ccssm-dependencies.csv, line 2, 'target': found '9.X', expected a standard of this collection.",
    ]


def test_a_file_that_is_no_json_is_named(graph):
    folder = graph()
    (folder / "json" / "ccssm-hs.json").write_text("[" * 100_000)
    assert "ccssm-hs.json: found" in said(import_ccss(folder))[0]


@pytest.mark.skipif(not PUBLISHED.exists(), reason="../shared/data is not here: real files of others")
@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_published_graph_is_read_whole(form):
    loaded = import_ccss(PUBLISHED / form)
    assert said(loaded) == []
    assert Competency.objects.count() == 471
    assert Competency.requires.through.objects.count() == 729
    assert before("4.NF.A.2")
