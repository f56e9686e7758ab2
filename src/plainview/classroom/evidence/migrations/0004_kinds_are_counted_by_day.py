"""What a school is counted by: how much of which kind, since a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_requests_and_certificates_stay")]
    operations = [
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(fields=["on", "kind"], name="evidence_kinds_by_day"),
        )
    ]
