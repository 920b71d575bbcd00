"""Masked copies beside their originals."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0004_recordings'),
    ]

    operations = [
        migrations.CreateModel(
            name='MaskedCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('areas', models.TextField(verbose_name='遮盖的位置')),
                ('why', models.CharField(max_length=200, verbose_name='遮盖的原因')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by_id', models.BigIntegerField(verbose_name='制作人')),
                ('by_name', models.CharField(max_length=60, verbose_name='制作人姓名')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='masked', to='evidence.evidence', verbose_name='证据')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.file', verbose_name='电子文件')),
            ],
            options={
                'verbose_name': '遮盖副本',
            },
        ),
    ]
