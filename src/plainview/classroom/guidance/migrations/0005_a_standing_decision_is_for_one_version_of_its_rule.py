"""'Always' and 'never' hold for the version of the rule they were said of. Until now every rule had one, the first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guidance", "0004_each_teacher_picks_first_for_herself")]
    operations = [
        migrations.AddField(
            "standingdecision",
            "rule_version",
            models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
    ]
