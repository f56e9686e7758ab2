"""Names for signing in are kept in small letters, so that the index finds them however they were typed."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower


def to_small_letters(apps, _editor):
    """Two names that differ in nothing but capitals stop here: neither of them could sign in before."""
    people = apps.get_model("people", "Person").objects
    people.exclude(sign_in_name=None).update(sign_in_name=Lower("sign_in_name"))


def _renaming_looks_into_triggers(editor, *, yes: bool) -> None:
    """SQLite makes the table anew under another name, and would stop at triggers elsewhere that name this one."""
    if editor.connection.vendor == "sqlite":
        editor.execute(f"PRAGMA legacy_alter_table = {'OFF' if yes else 'ON'}")


def before(_apps, editor):
    _renaming_looks_into_triggers(editor, yes=False)


def after(_apps, editor):
    _renaming_looks_into_triggers(editor, yes=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_nobody_keeps_when_someone_last_came_in")]

    operations = [
        migrations.RunPython(to_small_letters, migrations.RunPython.noop),
        migrations.RunPython(before, after),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=Q(sign_in_name=None) | Q(sign_in_name=Lower("sign_in_name")),
                name="people_a_sign_in_name_is_in_small_letters",
            ),
        ),
        migrations.RunPython(after, before),
    ]
