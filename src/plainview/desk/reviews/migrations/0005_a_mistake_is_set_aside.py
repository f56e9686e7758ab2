"""An exhibit that was handed over by mistake is set aside, by somebody and for a reason.

SQLite makes the table anew, and the old table takes its triggers along: they are taken off before, and set again.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from plainview.lobby.ledger.append_only import keep_columns

# As in 0004.
WHAT_WAS_HANDED_OVER = (
    *("review_id", "file", "kind", "settings", "sha256", "n_bytes", "parts"),
    *("handed_over_at", "handed_over_by_id"),
)
set_again = keep_columns("reviews_exhibit", WHAT_WAS_HANDED_OVER, delete_unless="")


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0004_what_was_frozen_is_never_changed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(set_again.reverse_code, set_again.code),
        migrations.AddField(
            "exhibit",
            "set_aside_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("exhibit", "set_aside_why", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddConstraint(
            "exhibit",
            models.CheckConstraint(
                name="reviews_set_aside_has_a_person_a_time_and_a_reason",
                condition=Q(set_aside_by=None, set_aside_why="")
                | (Q(set_aside_by__isnull=False, replaced_at__isnull=False) & ~Q(set_aside_why="")),
            ),
        ),
        migrations.RunPython(set_again.code, set_again.reverse_code),
    ]
