"""One more actor that is nobody: an employer with the code of a written review."""

from django.db import migrations


def appear(apps, schema_editor):
    officers = apps.get_model("people", "Officer").objects
    told = {"name": "用人单位（凭核验码）", "system": True, "password": "!"}
    officers.get_or_create(username="employer", defaults=told)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_discipline")]
    operations = [migrations.RunPython(appear, migrations.RunPython.noop)]
