"""Two teachers of one class each say first what they would do. What one of them said before stays hers."""

from django.db import migrations, models

from plainview.lobby.ledger.append_only import set_again

# As in 0003: a pick goes only with a child of its card, under an open certificate.
CERTIFIED = (
    "EXISTS (SELECT 1 FROM evidence_erasure c WHERE c.is_open AND c.student_number IN "
    "(SELECT t.person_id FROM guidance_suggestion_students t WHERE t.suggestion_id = OLD.suggestion_id))"
)


class Migration(migrations.Migration):
    dependencies = [("guidance", "0003_a_childs_share_can_be_erased")]
    operations = [
        set_again("guidance_blindpick", delete_unless=CERTIFIED),
        migrations.AlterField(
            "blindpick",
            "suggestion",
            models.ForeignKey(
                on_delete=models.deletion.CASCADE, related_name="blind_picks", to="guidance.suggestion"
            ),
        ),
        migrations.AddConstraint(
            "blindpick",
            models.UniqueConstraint(fields=["suggestion", "by"], name="guidance_each_teacher_picks_once"),
        ),
        set_again("guidance_blindpick", delete_unless=CERTIFIED),
    ]
