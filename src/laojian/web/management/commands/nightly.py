"""`laojian nightly`: the night's work on deadlines, by hand. The queue's worker does the same by itself after midnight."""

from datetime import UTC, datetime

from django.core.management.base import BaseCommand, CommandError

from laojian.evidence.pieces import clean
from laojian.procedure.clockwork import nightly


class Command(BaseCommand):
    help = "夜间核对：公布放假安排后固定暂定期限，办理期满步骤，并按法规重算全部正在进行的期限。"

    def handle(self, *args, **options):
        settled, lapsed, differences = nightly(datetime.now(UTC))
        self.stdout.write(f"固定暂定期限 {settled} 卷，办理期满 {lapsed} 步，重算不一致 {len(differences)} 处")
        self.stdout.write(f"清理上传残留 {clean(datetime.now(UTC))} 件")
        if differences:
            raise CommandError("\n".join(map(str, differences)))
