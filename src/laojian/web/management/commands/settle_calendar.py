"""`laojian settle-calendar`: after a year's holidays are announced, fix the dates that had to wait for them, once."""

from datetime import UTC, datetime

from django.core.management.base import BaseCommand

from laojian.lawbook import law
from laojian.procedure.clockwork import settle


class Command(BaseCommand):
    help = "放假安排公布并放入 law/calendar/ 后，把因此暂定的期限重新计算并固定，逐卷留下记录。"

    def handle(self, *args, **options):
        fixed = settle(datetime.now(UTC))
        self.stdout.write(f"放假安排已有至 {law().calendar.last_year} 年；固定暂定期限 {fixed} 卷")
