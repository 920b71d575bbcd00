"""A platform on loopback that receives what is pushed, run in a thread of the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

from laojian.exchange.receiver import Receiver

SECRET = "示例-签名密钥-2026"


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        """Tests print nothing."""


@contextmanager
def receiving(*manners: str) -> Iterator[tuple[Receiver, str]]:
    """The receiver and its address; it misbehaves in this order."""
    app = Receiver(SECRET, manners)
    with make_server("127.0.0.1", 0, app, handler_class=Silent) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield app, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join(5)
