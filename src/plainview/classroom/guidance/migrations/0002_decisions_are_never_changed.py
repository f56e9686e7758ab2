"""The database itself refuses to change or drop a row."""

from django.db import migrations

from plainview.lobby.ledger.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_initial")]
    operations = [
        refuse_changes("guidance_decision"),
        refuse_changes("guidance_decision_students"),
        refuse_changes("guidance_decisionnote"),
        refuse_changes("guidance_switch"),
        refuse_changes("guidance_blindpick"),
    ]
