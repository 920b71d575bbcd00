"""Sound and picture bound to steps, or the reason why there is none; moments, which only grow."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MOMENTS = f"""
CREATE FUNCTION moment_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'evidence_moment 只增不改：% 被拒绝', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER moment_append_only BEFORE UPDATE OR DELETE ON evidence_moment
  FOR EACH ROW EXECUTE FUNCTION moment_refuse();
CREATE TRIGGER moment_no_truncate BEFORE TRUNCATE ON evidence_moment
  FOR EACH STATEMENT EXECUTE FUNCTION moment_refuse();
REVOKE UPDATE, DELETE, TRUNCATE ON evidence_moment FROM {settings.APP_ROLE};
"""
MOMENTS_BACK = f"""
DROP TRIGGER moment_append_only ON evidence_moment;
DROP TRIGGER moment_no_truncate ON evidence_moment;
DROP FUNCTION moment_refuse();
GRANT UPDATE, DELETE ON evidence_moment TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('dossier', '0005_posts_see'),
        ('evidence', '0003_upload'),
    ]

    operations = [
        migrations.CreateModel(
            name='Moment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seconds', models.IntegerField(verbose_name='第几秒')),
                ('note', models.CharField(max_length=200, verbose_name='说明')),
                ('step_seq', models.IntegerField(null=True, verbose_name='对应步骤')),
                ('step_label', models.CharField(blank=True, max_length=40, verbose_name='步骤')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by_id', models.BigIntegerField(verbose_name='标记人')),
                ('by_name', models.CharField(max_length=60, verbose_name='标记人姓名')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moments', to='evidence.evidence', verbose_name='证据')),
            ],
            options={
                'verbose_name': '标记',
                'constraints': [models.CheckConstraint(condition=models.Q(('seconds__gte', 0)), name='moment_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step_seq', models.IntegerField(verbose_name='步骤序号')),
                ('step_label', models.CharField(max_length=40, verbose_name='步骤')),
                ('subject', models.CharField(max_length=40, verbose_name='情形')),
                ('must', models.BooleanField(verbose_name='应当录')),
                ('on', models.DateField(verbose_name='步骤之日')),
                ('began_at', models.DateTimeField(null=True, verbose_name='开始时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('device', models.CharField(blank=True, max_length=80, verbose_name='设备')),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='没有录的原因')),
                ('reason_by', models.CharField(blank=True, max_length=60, verbose_name='说明人')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossier.dossier', verbose_name='卷宗')),
                ('evidence', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recording', to='evidence.evidence', verbose_name='证据')),
            ],
            options={
                'verbose_name': '音像记录',
                'indexes': [models.Index(fields=['dossier', 'step_seq'], name='recording_step')],
                'constraints': [models.CheckConstraint(condition=models.Q(('evidence', None), ('reason', ''), _connector='OR'), name='recording_or_reason')],
            },
        ),
        migrations.RunSQL(MOMENTS, MOMENTS_BACK),
    ]
