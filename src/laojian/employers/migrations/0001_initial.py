"""Employers and sites; the two functions that search stands on, twins of `rules.folded` and `rules.bigrams`."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import laojian.employers.models

FOLDED = r"""
CREATE FUNCTION folded(told text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(normalize(told, NFKC), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' || E' \t\n\x0b\f\r', 'abcdefghijklmnopqrstuvwxyz');
"""
BIGRAMS = """
CREATE FUNCTION bigrams(told text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(DISTINCT pair ORDER BY pair), '{}')
    FROM folded(told) AS f, generate_series(1, char_length(f) - 1) AS place,
         LATERAL (SELECT substr(f, place, 2) COLLATE "C" AS pair) AS pairs
);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(FOLDED, "DROP FUNCTION folded(text)"),
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION bigrams(text)"),
        migrations.CreateModel(
            name="Employer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="名称")),
                ("former_names", models.CharField(blank=True, max_length=600, verbose_name="曾用名")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("company", "企业"),
                            ("branch", "分支机构"),
                            ("individual", "个体工商户"),
                            ("partnership", "合伙、个人独资企业"),
                            ("cooperative", "农民专业合作社"),
                            ("dispatch", "劳务派遣单位"),
                            ("agency", "人力资源服务机构"),
                            ("institution", "事业单位"),
                            ("association", "社会团体、民办非企业单位"),
                            ("state_organ", "国家机关"),
                            ("unlicensed", "无营业执照的经营者"),
                        ],
                        max_length=12,
                        verbose_name="类型",
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(
                        blank=True, max_length=18, null=True, unique=True, verbose_name="统一社会信用代码"
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=40, verbose_name="行政区")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="住所")),
                ("legal_rep", models.CharField(blank=True, max_length=60, verbose_name="法定代表人（负责人）")),
                ("legal_rep_post", models.CharField(blank=True, max_length=40, verbose_name="职务")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="联系电话")),
                ("industry", models.CharField(blank=True, max_length=40, verbose_name="行业")),
                ("sort_key", laojian.employers.models.SortKey(of="name")),
                (
                    "bigrams",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Concat("name", models.Value("|"), "former_names"),
                            function="bigrams",
                        ),
                        output_field=django.contrib.postgres.fields.ArrayField(
                            base_field=models.TextField(), size=None
                        ),
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branches",
                        to="employers.employer",
                        verbose_name="所属单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "用人单位",
            },
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="工程名称")),
                ("region", models.CharField(blank=True, max_length=40, verbose_name="行政区")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地点")),
                ("sort_key", laojian.employers.models.SortKey(of="name")),
                (
                    "bigrams",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("name", function="bigrams"),
                        output_field=django.contrib.postgres.fields.ArrayField(
                            base_field=models.TextField(), size=None
                        ),
                    ),
                ),
                (
                    "developer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.employer",
                        verbose_name="建设单位",
                    ),
                ),
                (
                    "main_contractor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.employer",
                        verbose_name="施工总承包单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "工地",
            },
        ),
        migrations.CreateModel(
            name="Subcontract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("professional", "专业分包"), ("labour", "劳务分包"), ("passed_on", "转包、挂靠")],
                        max_length=12,
                        verbose_name="分包类型",
                    ),
                ),
                ("work", models.CharField(blank=True, max_length=120, verbose_name="分包内容")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="签订之日")),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.employer",
                        verbose_name="发包单位",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subcontracts", to="employers.site"
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="employers.employer",
                        verbose_name="承包单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "分包",
            },
        ),
        migrations.AddIndex(
            model_name="employer",
            index=django.contrib.postgres.indexes.GinIndex(fields=["bigrams"], name="employer_find"),
        ),
        migrations.AddIndex(
            model_name="employer",
            index=models.Index(fields=["sort_key", "id"], name="employer_sorted"),
        ),
        migrations.AddIndex(
            model_name="employer",
            index=models.Index(fields=["region", "sort_key", "id"], name="employer_region_sorted"),
        ),
        migrations.AddConstraint(
            model_name="employer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credit_code__isnull", True),
                    ("credit_code__regex", "^[0123456789ABCDEFGHJKLMNPQRTUWXY]{18}$"),
                    _connector="OR",
                ),
                name="employer_code_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="employer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True),
                    models.Q(("kind", "branch"), models.Q(("parent", models.F("id")), _negated=True)),
                    _connector="OR",
                ),
                name="employer_only_branch_has_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="employer",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="employer_has_name"
            ),
        ),
        migrations.AddIndex(
            model_name="site",
            index=django.contrib.postgres.indexes.GinIndex(fields=["bigrams"], name="site_find"),
        ),
        migrations.AddConstraint(
            model_name="subcontract",
            constraint=models.UniqueConstraint(fields=("site", "giver", "taker", "work"), name="subcontract_once"),
        ),
        migrations.AddConstraint(
            model_name="subcontract",
            constraint=models.CheckConstraint(
                condition=models.Q(("giver", models.F("taker")), _negated=True), name="subcontract_two_sides"
            ),
        ),
    ]
