"""`laojian worker`: the queue's worker and the record's sealer, in one process."""

import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand

from laojian.record.sealing import keep_sealing


class Command(BaseCommand):
    help = "后台进程：办理队列中的工作，并随时把新的记录封存进树、签名树头"
    requires_system_checks = ()

    def handle(self, *args, **options):
        stop = threading.Event()
        sealer = threading.Thread(target=keep_sealing, args=[stop], name="sealer", daemon=True)
        sealer.start()
        try:
            call_command("procrastinate", "worker")
        finally:
            stop.set()
            sealer.join(5)
