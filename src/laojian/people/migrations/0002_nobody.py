"""The two actors that are nobody: the clock, in whose name time limits lapse, and the public counter."""

from django.db import migrations


def appear(apps, schema_editor):
    officers = apps.get_model("people", "Officer").objects
    for username, name in (("clock", "期限"), ("complainant", "投诉人（凭查询码）")):
        officers.get_or_create(username=username, defaults={"name": name, "system": True, "password": "!"})


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(appear, migrations.RunPython.noop)]
