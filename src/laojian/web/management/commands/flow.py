"""`laojian flow`: prints docs/flow.md, every procedure as its table tells it."""

from django.core.management.base import BaseCommand

from laojian.procedure.diagram import document


class Command(BaseCommand):
    help = "由程序表生成程序图（Markdown，含 Mermaid 状态图）：make flow 写入 docs/flow.md。"
    requires_system_checks = ()

    def handle(self, *args, **options):
        self.stdout.write(document(), ending="")
