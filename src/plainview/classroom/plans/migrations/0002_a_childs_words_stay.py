"""The database itself keeps two promises: only a teacher approves a step; a child's own words are never changed."""

from django.db import migrations

# What a child wrote, and what ties it to the child. The answer beside it may still be written.
STAYS = {
    "plans_goal": ("student_id", "words", "at"),
    "plans_proposal": ("student_id", "words", "at"),
    "plans_contest": ("student_id", "competency_id", "wish", "words", "at"),
}
NOT_A_TEACHER = "(SELECT role FROM people_person WHERE id = NEW.approved_by_id) <> 'teacher'"
APPROVED = {"plans_step": "approved_by_id", "plans_defaultoption": "approved_by_id"}


def sqlite():
    for table, columns in STAYS.items():
        yield (
            f"CREATE TRIGGER {table}_words_stay BEFORE UPDATE OF {', '.join(columns)} ON {table} "
            f"WHEN {' OR '.join(f'NEW.{c} IS NOT OLD.{c}' for c in columns)} "
            f"BEGIN SELECT RAISE(ABORT, 'a child''s own words stay as they are'); END"
        )
    for table, column in APPROVED.items():
        for verb in ("INSERT", f"UPDATE OF {column}"):
            yield (
                f"CREATE TRIGGER {table}_approved_{verb.split()[0].lower()} BEFORE {verb} ON {table} "
                f"WHEN {NOT_A_TEACHER} BEGIN SELECT RAISE(ABORT, 'only a teacher approves a step'); END"
            )


def postgresql():
    for table, columns in STAYS.items():
        yield (
            f"CREATE FUNCTION {table}_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {' OR '.join(f'NEW.{c} IS DISTINCT FROM OLD.{c}' for c in columns)} THEN "
            f"RAISE EXCEPTION 'a child''s own words stay as they are'; END IF; RETURN NEW; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_words_stay BEFORE UPDATE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION {table}_words_stay()"
        )
    for table, column in APPROVED.items():
        yield (
            f"CREATE FUNCTION {table}_approved() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {NOT_A_TEACHER} THEN RAISE EXCEPTION 'only a teacher approves a step'; END IF; "
            f"RETURN NEW; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_approved BEFORE INSERT OR UPDATE OF {column} ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION {table}_approved()"
        )


def forwards(apps, schema_editor):
    for statement in postgresql() if schema_editor.connection.vendor == "postgresql" else sqlite():
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in STAYS:
            schema_editor.execute(f"DROP FUNCTION {table}_words_stay() CASCADE")
        for table in APPROVED:
            schema_editor.execute(f"DROP FUNCTION {table}_approved() CASCADE")
        return
    for table in STAYS:
        schema_editor.execute(f"DROP TRIGGER {table}_words_stay")
    for table in APPROVED:
        for verb in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {table}_approved_{verb}")


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("people", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
