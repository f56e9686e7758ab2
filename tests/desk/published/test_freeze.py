"""What was published stays, byte for byte, whatever happens behind it."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction
from tests.desk.published.three_products import AT, FILES, FRACTAL, again, freeze_three

from plainview.desk.published import chain, read
from plainview.desk.published.freeze import NotFrozen, freeze
from plainview.desk.published.models import Event, File, Publication
from plainview.desk.published.page import Document, Words, canonical

pytestmark = pytest.mark.django_db


@pytest.fixture
def frozen() -> Publication:
    return freeze(FRACTAL, files=FILES, at=AT)


def test_every_file_is_kept_with_its_hash(frozen):
    files = {one.name: one for one in frozen.files.all()}
    assert {"page.json", "page.css", "page.txt", "page.en.html", "page.es.html", *FILES} <= set(files)
    for one in files.values():
        assert sha256(bytes(one.body)).hexdigest() == one.sha256
        assert len(one.body) == one.n_bytes
    assert bytes(files["dossier.zip"].body) == FILES["dossier.zip"]


def test_the_page_is_read_back_as_it_was(frozen):
    assert read.page_of(frozen) == FRACTAL
    assert frozen.page_sha256 == sha256(canonical(FRACTAL)).hexdigest()


@pytest.mark.parametrize("model", [Publication, File, Event])
def test_the_database_refuses_to_change_or_drop_anything(frozen, model):
    field = {Publication: "page_sha256", File: "sha256", Event: "kind"}[model]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.update(**{field: "0"})
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)


def slip_in(publication: Publication) -> None:
    body = b"what nobody published"
    said = {"sha256": sha256(body).hexdigest(), "n_bytes": len(body), "media_type": "text/plain"}
    File.objects.create(publication=publication, name="late.txt", body=body, **said)


def test_nothing_is_slipped_into_a_publication_afterwards(frozen):
    with pytest.raises(DatabaseError, match="takes no further file"), transaction.atomic():
        slip_in(frozen)
    second = again(FRACTAL, number=2, on=FRACTAL.published_on, words=Words(en="Again."))
    for one in (frozen, freeze(second, files=FILES, at=AT)):
        with pytest.raises(DatabaseError, match="takes no further file"), transaction.atomic():
            slip_in(one)


def test_a_new_publication_is_a_new_number_that_hangs_on_the_one_before(frozen):
    before = {one.name: bytes(one.body) for one in frozen.files.all()}
    day = FRACTAL.published_on + timedelta(days=30)
    second = freeze(
        again(FRACTAL, number=2, on=day, words=Words(en="Version 2.2 was looked at.")),
        files=FILES,
        at=AT + timedelta(days=30),
    )
    assert (second.number, second.previous_hash) == (2, frozen.hash)
    first_line, second_line = read.page_of(second).changelog
    assert (first_line.number, first_line.hash) == (1, frozen.hash)
    assert (second_line.words.en, second_line.hash) == ("Version 2.2 was looked at.", "")
    assert {one.name: bytes(one.body) for one in frozen.files.all()} == before
    assert chain.faults(read.links("fractal")) == []


def test_a_number_is_given_once(frozen):
    with pytest.raises(NotFrozen, match="2 comes next"):
        freeze(FRACTAL, files={}, at=AT)


def test_a_page_that_names_a_file_brings_it():
    with pytest.raises(NotFrozen, match="was not handed over"):
        freeze(FRACTAL, files={}, at=AT)


def test_a_file_whose_hash_is_said_has_that_hash():
    said = (Document(title="Findings", kind="findings", file="findings.json", sha256="0" * 64),)
    with pytest.raises(NotFrozen, match="has the hash"):
        freeze(FRACTAL.model_copy(update={"documents": said}), files=FILES, at=AT)


@pytest.mark.parametrize("name", ["../page.json", "page.json", "A.html", "a/b.html", "", ".hidden"])
def test_a_file_cannot_take_a_name_that_leads_elsewhere(name):
    with pytest.raises(NotFrozen, match="cannot be called"):
        freeze(FRACTAL, files={**FILES, name: b""}, at=AT)


def test_a_changed_link_is_noticed():
    freeze_three()
    [link] = read.links("fractal")
    changed = chain.Link(
        product="fractal",
        number=1,
        published_at=link.published_at,
        files={**link.files, "page.en.html": "0" * 64},
        previous_hash="",
        hash=link.hash,
    )
    assert chain.faults([link]) == []
    assert chain.faults([changed]) == ["Number 1 is not what its hash says."]


def test_the_newest_of_each_product_is_found():
    freeze_three()
    assert [one.product for one in read.all_newest()] == ["fractal", "steady", "wordwise"]
    assert read.newest("fractal").number == 1
    assert read.newest("nobody") is None
    assert [one.product.slug for one in read.pages_of(read.all_newest())] == ["fractal", "steady", "wordwise"]


def test_publishing_is_an_event_of_its_own(frozen):
    [event] = read.events("fractal")
    assert (event.kind, event.words["es"]) == ("published", "Publicado por primera vez.")
