"""Open files by their newest, without what is covered twice; and statistics that know rare pairs of characters from common ones."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The default keeps the thousand commonest pairs and takes every other for one as common: a rare name was looked for file by
# file in the order of the list instead of in its index.
FORWARD = "ALTER TABLE dossier_find ALTER COLUMN bigrams SET STATISTICS 1000"
BACK = "ALTER TABLE dossier_find ALTER COLUMN bigrams SET STATISTICS DEFAULT"


class Migration(migrations.Migration):
    dependencies = [
        ("dossier", "0002_row_level_security"),
        ("employers", "0001_initial"),
        ("people", "0002_nobody"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="desk",
            name="desk_dossier",
        ),
        migrations.AlterField(
            model_name="access",
            name="officer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accesses",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="desk",
            name="officer",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="bureau",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.bureau"
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="district",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.bureau"
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="employer",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="employers.employer",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(condition=models.Q(("open", True)), fields=["district", "-id"], name="open_district"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(condition=models.Q(("open", True)), fields=["bureau", "-id"], name="open_bureau"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(condition=models.Q(("open", True)), fields=["-id"], name="open_newest"),
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
