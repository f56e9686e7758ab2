"""The database itself refuses to change or drop what was concluded, and to conclude anew once it is published."""

from django.db import migrations

from plainview.lobby.ledger.append_only import refuse_changes

TABLES = ["verdict", "gateway", "condition", "change", "letter", "draft", "reply", "correction", "correctionanswer"]
# What stands on a page: no row is added to a review that is published. What comes after is a review of its own.
ON_A_PAGE = ["verdict", "gateway", "condition", "reply"]

SQLITE = """
CREATE TRIGGER verdicts_{table}_is_published BEFORE INSERT ON verdicts_{table}
WHEN (SELECT stage FROM reviews_review WHERE id = NEW.review_id) = 'published'
BEGIN SELECT RAISE(ABORT, 'this review is published: what comes after is a new review'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION verdicts_{table}_is_published() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF (SELECT stage FROM reviews_review WHERE id = NEW.review_id) = 'published' THEN
RAISE EXCEPTION 'this review is published: what comes after is a new review'; END IF;
RETURN NEW; END $$;
CREATE TRIGGER verdicts_{table}_is_published BEFORE INSERT ON verdicts_{table}
FOR EACH ROW EXECUTE FUNCTION verdicts_{table}_is_published()
"""


def forwards(apps, schema_editor):
    sql = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for table in ON_A_PAGE:
        schema_editor.execute(sql.format(table=table))


def backwards(apps, schema_editor):
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON verdicts_{0}"
    for table in ON_A_PAGE:
        schema_editor.execute(f"DROP TRIGGER verdicts_{table}_is_published{on.format(table)}")


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0001_verdicts_gateways_and_conditions"), ("reviews", "0001_initial")]
    operations = [
        *(refuse_changes(f"verdicts_{table}") for table in TABLES),
        migrations.RunPython(forwards, backwards),
    ]
