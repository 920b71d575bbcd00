"""`laojian demo-world`: fills an empty database with the invented world of the demo."""

import time
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.timezone import localdate

from laojian.lawbook import law
from laojian.people.models import Officer
from laojian.web.demo.world import load


class Command(BaseCommand):
    help = "装入演示用的虚构世界：机关、人员、用人单位和各种状态的案卷（只装入空库）"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="以哪一日为今天，如 2026-11-22；不写为真实的今天（放假安排未装入的年度，取上年末日）",
        )

    def handle(self, *args, today, **options):
        if Officer.objects.filter(system=False).exists():
            raise CommandError("库内已有人员：演示数据只装入空库，请换一个新的数据库")
        begun = time.monotonic()
        with connection.cursor() as cursor:
            # A world that was cut off is made anew: its thousand steps need not each wait for the disk.
            cursor.execute("SET synchronous_commit = off")
        made = load(today or min(localdate(), date(law().calendar.last_year, 12, 31)))
        told = f"用人单位 {made['employers']}，工地 {made['sites']}，案卷 {made['dossiers']}"
        self.stdout.write(f"{told}，用时 {time.monotonic() - begun:.1f} 秒")
