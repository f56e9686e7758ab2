"""The database itself refuses to change what a steward did, and which story is gone."""

from django.db import migrations

from plainview.lobby.ledger.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_stories_slips_and_what_is_said_beside")]
    operations = [refuse_changes("stories_moderation"), refuse_changes("stories_gone")]
