"""A family's request is answered once and its words stay; a closed certificate of erasure stays as it is."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when}
BEGIN SELECT RAISE(ABORT, '{table}: {sentence}'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN IF {when} THEN RAISE EXCEPTION '{table}: {sentence}'; END IF; RETURN {row}; END $$;
CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""

CERTIFIED = "EXISTS (SELECT 1 FROM evidence_erasure e WHERE e.is_open AND e.student_number = OLD.student_id)"
REQUEST = "OLD.words <> NEW.words OR OLD.student_id <> NEW.student_id OR OLD.asked_by_id <> NEW.asked_by_id"

GATES = [
    ("evidence_amendment", "UPDATE", f"OLD.answer <> '' OR {REQUEST}", "a request is answered once, its words stay"),
    ("evidence_amendment", "DELETE", f"NOT {CERTIFIED}", "a request is added to, never changed"),
    ("evidence_erasure", "UPDATE", "NOT OLD.is_open", "a closed certificate is never changed"),
    ("evidence_erasure", "DELETE", "OLD.id IS NOT NULL", "a certificate is never changed"),
]


def forwards(apps, schema_editor):
    sql = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for table, verb, when, sentence in GATES:
        name, row = f"{table}_no_{verb}", "OLD" if verb == "DELETE" else "NEW"
        schema_editor.execute(
            sql.format(name=name, table=table, verb=verb, when=when, sentence=sentence, row=row)
        )


def backwards(apps, schema_editor):
    for table, verb, _when, _sentence in GATES:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_evidence_is_never_changed")]
    operations = [migrations.RunPython(forwards, backwards)]
