"""The database itself keeps what was handed in, declared and revised as it was written.

A ballot is a draft until it has a time of handing in; that time is set once. A rating changes only while its
ballot is a draft, and none is added afterwards. Declarations, revisions and finished practice never change.
"""

from django.db import migrations

from plainview.lobby.ledger.append_only import open_a_gate, refuse_changes

IS_DRAFT = "OLD.handed_in_at IS NULL"
OF_A_DRAFT = "(SELECT handed_in_at FROM experts_ballot WHERE id = OLD.ballot_id) IS NULL"
OF_OPEN_PRACTICE = "(SELECT finished_at FROM experts_practice WHERE id = OLD.practice_id) IS NULL"
# The coefficient is computed after practice is finished, and then stands.
NOT_WEIGHED = "OLD.finished_at IS NULL OR (OLD.kappa IS NULL AND OLD.kappa_why_not = '')"
NOT_OPENED = "OLD.opened_at IS NULL"

LATE = "experts_rating_not_after_it_was_handed_in"
SQLITE = f"""
CREATE TRIGGER {LATE} BEFORE INSERT ON experts_rating
WHEN (SELECT handed_in_at FROM experts_ballot WHERE id = NEW.ballot_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a ballot that was handed in takes nothing more'); END
"""
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {LATE}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF (SELECT handed_in_at FROM experts_ballot WHERE id = NEW.ballot_id) IS NOT NULL THEN
    RAISE EXCEPTION 'a ballot that was handed in takes nothing more';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {LATE} BEFORE INSERT ON experts_rating FOR EACH ROW EXECUTE FUNCTION {LATE}();
"""


def refuse_late_ones(apps, schema_editor):
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def allow_late_ones(apps, schema_editor):
    on = " ON experts_rating" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {LATE}{on}")


def fixed_unless(table, update_unless, but_never):
    return [
        refuse_changes(table),
        open_a_gate(table, delete_unless="", update_unless=update_unless, but_never=but_never),
    ]


class Migration(migrations.Migration):
    dependencies = [("experts", "0001_initial")]
    operations = [
        refuse_changes("experts_declaration"),
        refuse_changes("experts_revision"),
        refuse_changes("experts_ratersagree"),
        *fixed_unless("experts_round", NOT_OPENED, ["review_id", "number", "begun_at", "begun_by_id"]),
        *fixed_unless("experts_ballot", IS_DRAFT, ["round_id", "invitation_id", "begun_at"]),
        *fixed_unless("experts_rating", OF_A_DRAFT, ["ballot_id", "question"]),
        *fixed_unless("experts_practice", NOT_WEIGHED, ["expert_id", "begun_at"]),
        *fixed_unless("experts_practicerating", OF_OPEN_PRACTICE, ["practice_id", "product", "question"]),
        migrations.RunPython(refuse_late_ones, allow_late_ones),
    ]
