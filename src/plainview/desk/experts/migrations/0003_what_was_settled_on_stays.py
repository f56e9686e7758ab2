"""The database itself keeps what the experts settled on, once the review is published.

Until then the chair may note it anew. Afterwards nothing is added, changed or dropped.
"""

from django.db import migrations

from plainview.lobby.ledger.append_only import open_a_gate, refuse_changes

IS_PUBLISHED = "(SELECT stage FROM reviews_review WHERE id = {row}.review_id) = 'published'"
NOT_YET = f"NOT {IS_PUBLISHED.format(row='OLD')}"
NAME = "experts_consolidated_is_published"
SAYS = "this review is published: what comes after is a new review"
SQLITE = f"""
CREATE TRIGGER {NAME} BEFORE INSERT ON experts_consolidated WHEN {IS_PUBLISHED.format(row="NEW")}
BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
"""
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF {IS_PUBLISHED.format(row="NEW")} THEN RAISE EXCEPTION '{SAYS}'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {NAME} BEFORE INSERT ON experts_consolidated FOR EACH ROW EXECUTE FUNCTION {NAME}();
"""


def refuse_late_ones(apps, schema_editor):
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def allow_late_ones(apps, schema_editor):
    on = " ON experts_consolidated" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {NAME}{on}")


class Migration(migrations.Migration):
    dependencies = [("experts", "0002_what_was_handed_in_stays"), ("reviews", "0001_initial")]
    operations = [
        refuse_changes("experts_consolidated"),
        open_a_gate(
            "experts_consolidated",
            delete_unless=NOT_YET,
            update_unless=NOT_YET,
            but_never=["review_id", "round_id", "question"],
        ),
        migrations.RunPython(refuse_late_ones, allow_late_ones),
    ]
