"""The foreign key has an index of its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="deadline",
            name="deadline_dossier",
        ),
    ]
