"""The database itself lets no file join a publication whose freezing is over.

Freezing writes the publication, then its files, then one event. So there are as many such events as a product
has publications, and while number five is being frozen there are four.
"""

from django.db import migrations

NAME = "published_file_not_afterwards"
IS_OVER = """(SELECT COUNT(*) FROM published_event WHERE kind = 'published' AND product = (
    SELECT product FROM published_publication WHERE id = NEW.publication_id
)) >= (SELECT number FROM published_publication WHERE id = NEW.publication_id)"""
SAYS = "this publication is frozen: it takes no further file"
SQLITE = f"""
CREATE TRIGGER {NAME} BEFORE INSERT ON published_file WHEN {IS_OVER}
BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
"""
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF {IS_OVER} THEN RAISE EXCEPTION '{SAYS}'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER {NAME} BEFORE INSERT ON published_file FOR EACH ROW EXECUTE FUNCTION {NAME}();
"""


def refuse_late_ones(apps, schema_editor):
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def allow_late_ones(apps, schema_editor):
    on = " ON published_file" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {NAME}{on}")


class Migration(migrations.Migration):
    dependencies = [("published", "0002_frozen_rows_are_never_changed")]
    operations = [migrations.RunPython(refuse_late_ones, allow_late_ones)]
