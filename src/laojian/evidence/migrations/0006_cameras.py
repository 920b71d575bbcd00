"""What cameras recorded, imported from their folders."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0005_masked_copies'),
        ('people', '0002_nobody'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CameraFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('body', '执法记录仪'), ('room', '接待室监控')], max_length=4, verbose_name='来源')),
                ('device', models.CharField(max_length=60, verbose_name='设备编号')),
                ('name', models.CharField(max_length=200, verbose_name='原文件名')),
                ('size', models.BigIntegerField(verbose_name='字节数')),
                ('device_said', models.DateTimeField(verbose_name='设备时间')),
                ('offset_seconds', models.IntegerField(verbose_name='设备快几秒')),
                ('began_at', models.DateTimeField(verbose_name='开始时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('problem', models.CharField(blank=True, max_length=400, verbose_name='没有收下的原因')),
                ('kept_to', models.DateField(verbose_name='保存至')),
                ('hold', models.CharField(blank=True, max_length=200, verbose_name='留存原因')),
                ('at', models.DateTimeField(verbose_name='导入时间')),
                ('bureau', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.bureau', verbose_name='机关')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='导入人')),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='camera', to='evidence.file', verbose_name='电子文件')),
            ],
            options={
                'verbose_name': '记录仪录像',
                'indexes': [models.Index(fields=['bureau', '-began_at'], name='camera_bureau')],
                'constraints': [models.UniqueConstraint(fields=('bureau', 'device', 'name', 'size', 'device_said'), name='camera_once')],
            },
        ),
    ]
