"""All that the class map shows of a child stands side by side in one index."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("guidance", "0006_a_card_stays_as_it_was_written"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            "estimate",
            "student",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="estimates",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            "estimate",
            models.Index(
                fields=["student", "competency", "state", "earned", "n_pieces", "newest_on"],
                name="guidance_what_the_map_shows",
            ),
        ),
    ]
