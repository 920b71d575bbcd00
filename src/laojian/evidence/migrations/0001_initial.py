"""Files, pieces of evidence and their chain of custody."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossier", "0002_row_level_security"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                ("mime", models.CharField(max_length=80, verbose_name="类型")),
                ("name", models.CharField(max_length=200, verbose_name="原文件名")),
                ("at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
            ],
            options={
                "verbose_name": "电子文件",
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.IntegerField(verbose_name="证据编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "书证"),
                            ("object", "物证"),
                            ("audio_visual", "视听资料"),
                            ("electronic", "电子数据"),
                            ("witness", "证人证言"),
                            ("party", "当事人陈述"),
                            ("expert", "鉴定意见"),
                            ("scene", "勘验笔录、现场笔录"),
                        ],
                        max_length=12,
                        verbose_name="证据种类",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("proves", models.CharField(max_length=400, verbose_name="证明内容")),
                ("provider", models.CharField(max_length=120, verbose_name="来源（提供人）")),
                ("from_complainant", models.BooleanField(default=False, verbose_name="投诉人提供")),
                ("collected_on", models.DateField(verbose_name="收集之日")),
                (
                    "collectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None, verbose_name="收集人"
                    ),
                ),
                ("collected_by", models.CharField(blank=True, max_length=200, verbose_name="收集人姓名、证号")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="收集地点")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("original", "原件"),
                            ("checked_copy", "复制件（与原件核对无异）"),
                            ("copy", "复制件（未核对原件）"),
                        ],
                        max_length=12,
                        verbose_name="原件或复制件",
                    ),
                ),
                ("pages", models.IntegerField(null=True, verbose_name="页数")),
                ("extraction", models.CharField(blank=True, max_length=400, verbose_name="电子数据提取说明")),
                ("sealed", models.BooleanField(default=False, verbose_name="密封")),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="dossier.dossier"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="evidence.file",
                        verbose_name="电子文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "证据",
            },
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("entered", "入卷"),
                            ("handed_over", "移交"),
                            ("taken_out", "调取"),
                            ("brought_back", "归还"),
                            ("copied", "复制"),
                            ("verified", "核验"),
                            ("presented", "出示质证"),
                            ("returned", "退还提供人"),
                        ],
                        max_length=12,
                        verbose_name="事项",
                    ),
                ),
                ("by_id", models.BigIntegerField(verbose_name="经手人")),
                ("by_name", models.CharField(max_length=60, verbose_name="经手人姓名")),
                ("to", models.CharField(blank=True, max_length=60, verbose_name="交给")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="custody", to="evidence.evidence"
                    ),
                ),
            ],
            options={
                "verbose_name": "保管记录",
                "indexes": [models.Index(fields=["evidence", "id"], name="custody_evidence")],
            },
        ),
        migrations.AddIndex(
            model_name="file",
            index=models.Index(fields=["sha256"], name="file_sha256"),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="file_not_empty"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("dossier", "sealed", "ordinal"), name="evidence_ordinal"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("dossier", "file"), name="evidence_file_once"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed", False), ("readers__len__gt", 0), _connector="OR"),
                name="evidence_sealed_has_readers",
            ),
        ),
    ]
