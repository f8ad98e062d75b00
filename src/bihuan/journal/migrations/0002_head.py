"""Lays the one head row that every writer locks."""

from django.db import migrations


def lay_head(apps, schema_editor):
    apps.get_model("journal", "Head").objects.create(id=1, seq=0, hash="0" * 64)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(lay_head, migrations.RunPython.noop)]
