"""What is said to PostgreSQL, word for word: it is not there in these tests, and its triggers differ."""

from types import SimpleNamespace

import pytest

from plainview.lobby.ledger.append_only import keep_columns, set_again


@pytest.fixture
def postgresql():
    """Collects what a migration would say to PostgreSQL."""
    said = []
    return SimpleNamespace(connection=SimpleNamespace(vendor="postgresql"), execute=said.append, said=said)


def test_columns_that_stay_are_guarded_against_update_delete_and_truncate(postgresql):
    operation = keep_columns("a_card", ["words", "file"], delete_unless="OLD.is_over")
    operation.code(None, postgresql)
    keeps, delete, truncate = postgresql.said
    assert "BEFORE UPDATE OF words, file ON a_card FOR EACH ROW EXECUTE FUNCTION a_card_keeps()" in keeps
    assert "BEGIN IF (OLD.is_over) THEN RETURN OLD; END IF; RAISE EXCEPTION" in delete
    assert "BEFORE TRUNCATE ON a_card FOR EACH STATEMENT" in truncate
    assert all("CREATE OR REPLACE FUNCTION" in one for one in postgresql.said), "once more after going back"


def test_going_back_takes_every_one_of_them_off(postgresql):
    keep_columns("a_card", ["words"], delete_unless="OLD.is_over").reverse_code(None, postgresql)
    assert postgresql.said == [
        f"DROP TRIGGER a_card_{name} ON a_card" for name in ("keeps", "no_DELETE", "no_TRUNCATE")
    ]


def test_setting_them_again_is_the_same_both_ways(postgresql):
    operation = set_again("a_word", delete_unless="OLD.is_over")
    operation.code(None, postgresql)
    there = list(postgresql.said)
    operation.reverse_code(None, postgresql)
    assert postgresql.said == there * 2
    assert there[0] == "DROP TRIGGER IF EXISTS a_word_no_UPDATE ON a_word"
    assert "IF (OLD.is_over) THEN RETURN OLD" in there[3]
