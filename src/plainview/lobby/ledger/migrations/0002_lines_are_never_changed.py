"""The database itself refuses to change or drop a row."""

from django.db import migrations

from plainview.lobby.ledger.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        refuse_changes("ledger_line"),
        refuse_changes("ledger_link"),
    ]
