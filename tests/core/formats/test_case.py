"""Frameworks: CASE packages and plain lists, with every fault by its place."""

import json
from pathlib import Path

import pytest

from plainview.core.formats.case import framework, read_case
from plainview.core.mendable import Mendable

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "ccssm" / "json"


def link(kind, origin, target):
    ends = {"originNodeURI": {"identifier": origin}, "destinationNodeURI": {"identifier": target}}
    return {"associationType": kind, **ends}


def package(items, links=()):
    return {"CFDocument": {"title": "T"}, "CFItems": items, "CFAssociations": list(links)}


def item(one, **more):
    return {"identifier": one, "humanCodingScheme": one.upper(), "fullStatement": f"  says   {one} ", **more}


def test_a_package_is_read_as_a_tree_with_what_comes_before_what():
    links = [link("isChildOf", "a", "g"), link("isChildOf", "g", "the-document"), link("precedes", "a", "b")]
    found = framework(package([item("g"), item("a", educationLevel=["05"]), item("b")], links), name="x")
    assert [(one.code, one.parent, one.says) for one in found.competencies] == [
        ("G", "", "says g"),
        ("A", "g", "says a"),
        ("B", "", "says b"),
    ]
    assert [one.code for one in found.leaves] == ["A", "B"] and found.precedes == (("a", "b"),)
    assert framework({"CFPackages": [package([item("a")])]}, name="x").competencies


def test_a_circle_is_told_and_opened():
    links = [link("isChildOf", "a", "b"), link("isChildOf", "b", "a")]
    found = framework(package([item("a"), item("b")], links), name="x.json")
    assert found.faults[0] == "x.json: 'A' stands below itself, expected a tree." and found.leaves


def test_items_without_a_name_or_twice_are_told_with_their_place():
    found = framework(package([item("a"), {}, item("a")]), name="x.json")
    assert found.faults == (
        "x.json, CFItems 2: found no identifier, expected one.",
        "x.json, CFItems 3: found the identifier of another item, expected each once.",
    )


@pytest.mark.parametrize("content", [b"{", b"[]", b"3", b'{"CFItems": []}', b"\xff\xfe\x00", b"[" * 99_999])
def test_what_is_no_framework_is_told(tmp_path, content):
    path = tmp_path / "framework.json"
    path.write_bytes(content)
    with pytest.raises(Mendable, match=r"framework\.json"):
        read_case(path)


@pytest.mark.skipif(not REAL.is_dir(), reason="the standards are not there (../shared/data/ccssm)")
def test_the_mathematics_standards_are_read():
    names = ("ccssm-k8.json", "ccssm-hs.json")
    found = [one for name in names for one in read_case(REAL / name).competencies]
    assert len(found) == 471 and len({one.id for one in found}) == 471
    edges = json.loads((REAL / "ccssm-dependencies.json").read_text())["dependencies"]
    codes = {one.code for one in found}
    assert sum(edge["source"] in codes and edge["target"] in codes for edge in edges) > 500
