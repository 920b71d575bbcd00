"""`laojian receive`: a platform for trying out, which receives what is pushed; the demo and the tests push to it."""

from wsgiref.simple_server import make_server

from django.core.management.base import BaseCommand

from laojian.exchange.receiver import MANNERS, Receiver


class Command(BaseCommand):
    help = "试用的接收平台：收下报送的信用信息，只存在内存里；可以让它按顺序出错，看报送怎样补救。"

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8765)
        parser.add_argument("--secret", required=True, help="与本机关约定的签名密钥")
        parser.add_argument("--manners", default="", help=f"依次出什么错，用逗号分开：{'、'.join(MANNERS)}")

    def handle(self, *args, port: int, secret: str, manners: str, **options):
        told = [each for each in manners.split(",") if each]
        if unknown := [each for each in told if each not in MANNERS]:
            self.stderr.write(f"没有这种错：{'、'.join(unknown)}")
            return
        with make_server("127.0.0.1", port, Receiver(secret, told)) as server:
            self.stdout.write(f"接收平台在 http://127.0.0.1:{server.server_port} 等候，Ctrl-C 停止。")
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("已停止。")
