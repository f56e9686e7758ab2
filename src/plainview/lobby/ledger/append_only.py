"""The database itself refuses to change or drop a row.

In:   the name of a table, for its migration.
Out:  triggers for SQLite and PostgreSQL. They hold against ``update()``, ``delete()`` and raw SQL alike,
      which overriding ``save()`` does not.
Not here: which rows may go. A table with a right to erasure names the certificate that opens its gate.
"""

from collections.abc import Mapping, Sequence

from django.db import migrations

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table} is added to, never changed'); END
"""
POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_no_{verb}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{table} is added to, never changed'; END $$;
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH {each}
EXECUTE FUNCTION {table}_no_{verb}();
"""
# PostgreSQL can also empty a table at once, past every trigger that speaks of rows.
VERBS = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def refuse_changes(table: str, *, delete_unless: str = "") -> migrations.RunPython:
    """An operation that makes ``table`` append-only.

    ``delete_unless`` is SQL over ``OLD``: where it holds, a row may be deleted after all. PostgreSQL allows
    no subquery in a trigger's WHEN, so there the condition moves into the function's body.
    """

    def forwards(apps, schema_editor):
        for verb in VERBS[schema_editor.connection.vendor]:
            unless = delete_unless if verb == "DELETE" else ""
            schema_editor.execute(_sql(schema_editor.connection.vendor, table, verb, unless))

    def backwards(apps, schema_editor):
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in VERBS[schema_editor.connection.vendor]:
            schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")

    return migrations.RunPython(forwards, backwards)


def open_a_gate(
    table: str, *, delete_unless: str, update_unless: str = "", but_never: Sequence[str] = ()
) -> migrations.RunPython:
    """An operation that lets rows of an append-only ``table`` go or change where the SQL over ``OLD`` holds.

    ``but_never`` are the columns that no gate opens for.
    """
    gates = {"UPDATE": update_unless, "DELETE": delete_unless}

    def forwards(apps, schema_editor):
        _replace(schema_editor, table, gates)
        if but_never:
            schema_editor.execute(_keeps(schema_editor.connection.vendor, table, but_never))

    def backwards(apps, schema_editor):
        _replace(schema_editor, table, dict.fromkeys(gates, ""))
        if but_never:
            schema_editor.execute(f"DROP TRIGGER {table}_keeps{_on(schema_editor, table)}")

    return migrations.RunPython(forwards, backwards)


def set_again(table: str, *, delete_unless: str = "") -> migrations.RunPython:
    """The same triggers once more, whichever way the migration goes.

    SQLite changes a column by making the table anew, and the old table takes its triggers along: put this
    before and after such a change.
    """

    def both_ways(apps, schema_editor):
        _replace(schema_editor, table, {"UPDATE": "", "DELETE": delete_unless})

    return migrations.RunPython(both_ways, both_ways)


def keep_columns(table: str, columns: Sequence[str], *, delete_unless: str) -> migrations.RunPython:
    """An operation for a table whose other columns live on: these stay as they were written, and a row goes
    only where the SQL over ``OLD`` holds."""

    def forwards(apps, schema_editor):
        vendor = schema_editor.connection.vendor
        schema_editor.execute(_keeps(vendor, table, columns))
        for verb in VERBS[vendor][1:]:
            schema_editor.execute(_sql(vendor, table, verb, delete_unless if verb == "DELETE" else ""))

    def backwards(apps, schema_editor):
        on = _on(schema_editor, table)
        for name in ("keeps", *(f"no_{verb}" for verb in VERBS[schema_editor.connection.vendor][1:])):
            schema_editor.execute(f"DROP TRIGGER {table}_{name}{on}")

    return migrations.RunPython(forwards, backwards)


def _replace(schema_editor, table: str, gates: Mapping[str, str]) -> None:
    for verb, unless in gates.items():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{_on(schema_editor, table)}")
        schema_editor.execute(_sql(schema_editor.connection.vendor, table, verb, unless))


def _on(schema_editor, table: str) -> str:
    return f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""


def _keeps(vendor: str, table: str, columns: Sequence[str]) -> str:
    """Whoever names one of these columns in an update is refused, whatever stands open."""
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is added to, never changed'); END"
    else:
        refuse = f"FOR EACH ROW EXECUTE FUNCTION {table}_keeps()"
    trigger = f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OF {', '.join(columns)} ON {table} {refuse}"
    if vendor == "sqlite":
        return trigger
    said = f"BEGIN RAISE EXCEPTION '{table} is added to, never changed'; END"
    function = f"CREATE OR REPLACE FUNCTION {table}_keeps() RETURNS trigger LANGUAGE plpgsql AS $$ {said} $$"
    return f"{function}; {trigger}"


def _sql(vendor: str, table: str, verb: str, unless: str) -> str:
    if vendor == "sqlite":
        return SQLITE.format(table=table, verb=verb, when=f"WHEN NOT ({unless})" if unless else "")
    sql = POSTGRESQL.format(table=table, verb=verb, each="STATEMENT" if verb == "TRUNCATE" else "ROW")
    if unless:
        row = "NEW" if verb == "UPDATE" else "OLD"
        sql = sql.replace("BEGIN RAISE", f"BEGIN IF ({unless}) THEN RETURN {row}; END IF; RAISE")
    return sql
