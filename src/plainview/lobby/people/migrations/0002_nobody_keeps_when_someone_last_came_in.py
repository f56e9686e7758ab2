"""When a person last signed in is no longer kept: nobody needed to know, and each sign-in wrote it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RemoveField(model_name="person", name="last_login")]
