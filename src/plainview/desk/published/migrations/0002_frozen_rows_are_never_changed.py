"""The database itself refuses to change or drop what was published."""

from django.db import migrations

from plainview.lobby.ledger.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("published", "0001_initial")]
    operations = [
        refuse_changes("published_publication"),
        refuse_changes("published_file"),
        refuse_changes("published_event"),
    ]
