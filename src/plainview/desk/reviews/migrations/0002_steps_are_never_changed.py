"""The database itself refuses to change or drop a step of a review."""

from django.db import migrations

from plainview.lobby.ledger.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [refuse_changes("reviews_move")]
