"""Uploads in pieces."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossier', '0005_posts_see'),
        ('evidence', '0002_guarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='原文件名')),
                ('size', models.BigIntegerField(verbose_name='字节数')),
                ('modified', models.BigIntegerField(verbose_name='原文件修改时间')),
                ('received', models.BigIntegerField(default=0, verbose_name='已收字节数')),
                ('digests', models.BinaryField(default=b'', verbose_name='各段摘要')),
                ('began_at', models.DateTimeField(verbose_name='开始时间')),
                ('touched_at', models.DateTimeField(verbose_name='最近收到时间')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossier.dossier', verbose_name='卷宗')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.file', verbose_name='电子文件')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '续传',
                'constraints': [models.UniqueConstraint(condition=models.Q(('file', None)), fields=('officer', 'dossier', 'name', 'size', 'modified'), name='upload_once'), models.CheckConstraint(condition=models.Q(('received__gte', 0), ('received__lte', models.F('size'))), name='upload_received')],
            },
        ),
    ]
