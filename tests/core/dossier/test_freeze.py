"""The plan, frozen: what can be shown of it, and no more."""

import pytest

from plainview.core.dossier.freeze import freeze, note_opened
from plainview.core.mendable import Mendable

LOG = "student,at,item,correct\na,1,x,1\n"


@pytest.fixture
def folder(put, tmp_path):
    put("plan.toml", "seed = 7\n")
    put("exhibits/log.csv", LOG)
    return tmp_path / "dossier"


def test_a_plan_that_was_frozen_is_as_it_was_until_a_word_is_changed(folder, put, opened):
    freeze(folder, opened().exhibits, on="2026-03-09")
    plan = opened().plan
    assert (plan.is_as_frozen, plan.frozen_on, plan.opened_before) == (True, "2026-03-09", ())
    put("plan.toml", "seed = 8\n")
    assert opened().plan.is_as_frozen is False
    assert opened().plan.frozen_sha256 == plan.frozen_sha256


def test_the_lock_names_what_had_been_opened_before_and_what_had_not(folder, put, opened):
    note_opened(folder, opened().exhibits)
    put("exhibits/groups.csv", "student,g\na,1\n")
    lock = freeze(folder, opened().exhibits, on="2026-03-09")
    assert lock.opened_before == ("exhibits/log.csv",)
    assert opened().plan.opened_before == ("exhibits/log.csv",)
    unopened = (folder / "plan.lock").read_text().partition("[[unopened]]")[2]
    assert "groups.csv" in unopened and "log.csv" not in unopened


def test_a_plan_is_frozen_once(folder, opened):
    freeze(folder, (), on="2026-03-09")
    with pytest.raises(Mendable, match="frozen already"):
        freeze(folder, (), on="2026-03-10")


def test_without_a_plan_nothing_is_frozen(tmp_path):
    with pytest.raises(Mendable, match="nothing to freeze"):
        freeze(tmp_path, (), on="2026-03-09")


def test_a_lock_that_somebody_wrote_by_hand_is_told(folder, put, opened):
    put("plan.lock", "plan_sha256 = 3\n")
    with pytest.raises(Mendable, match=r"plan\.lock: found another file"):
        opened()


def test_what_was_opened_is_noted_once_with_the_hash_it_had_then(folder, put, opened):
    note_opened(folder, opened().exhibits)
    before = (folder / "opened.json").read_text()
    put("exhibits/log.csv", LOG + "a,2,x,1\n")
    note_opened(folder, opened().exhibits)
    assert (folder / "opened.json").read_text() == before
