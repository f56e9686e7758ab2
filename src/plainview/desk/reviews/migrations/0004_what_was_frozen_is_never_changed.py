"""The database itself refuses to change a frozen plan, a run that ended, an answer, a notice, or what an
exhibit was when it was handed over."""

from django.db import migrations

from plainview.lobby.ledger.append_only import keep_columns, open_a_gate, refuse_changes

WHAT_WAS_HANDED_OVER = (
    *("review_id", "file", "kind", "settings", "sha256", "n_bytes", "parts"),
    *("handed_over_at", "handed_over_by_id"),
)
STILL_WRITTEN, UNDER_WAY = "OLD.frozen_at IS NULL", "OLD.ended_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_from_a_request_to_answers")]
    operations = [
        open_a_gate("reviews_plan", delete_unless=STILL_WRITTEN, update_unless=STILL_WRITTEN),
        open_a_gate("reviews_run", delete_unless=UNDER_WAY, update_unless=UNDER_WAY),
        refuse_changes("reviews_answered"),
        refuse_changes("reviews_notice"),
        keep_columns("reviews_exhibit", WHAT_WAS_HANDED_OVER, delete_unless=""),
    ]
