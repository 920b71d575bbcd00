"""The demo's server: gunicorn on 127.0.0.1 and the worker of the queue, begun and ended together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from importlib import import_module

from gunicorn.app.base import BaseApplication

FIRST_PORT, PORTS_TRIED = 8000, 100
STOP_SECONDS = 5
PR_SET_PDEATHSIG = 1


class Server(BaseApplication):
    """Serves until it is told to stop (Ctrl-C, SIGTERM); the worker never outlives it, even where it is killed."""

    def __init__(self, port: int, greeting: str):
        self.port = port
        self.greeting = greeting
        self.worker = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": f"127.0.0.1:{self.port}",
            "worker_class": "gthread",
            "workers": 2,
            "threads": 4,
            "graceful_timeout": STOP_SECONDS,
            "preload_app": True,
            "control_socket_disable": True,
            "loglevel": "warning",
            "when_ready": self.ready,
        }.items():
            self.cfg.set(name, value)

    def load(self):
        return import_module("laojian.wsgi").application

    def run(self) -> None:
        us = os.getpid()
        try:
            super().run()
        finally:
            # gunicorn's own processes are forked from here and unwind through here as they end.
            if os.getpid() == us:
                self.stop_worker()

    def ready(self, _) -> None:
        command = [sys.executable, "-m", "laojian", "worker"]
        self.worker = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, start_new_session=True, preexec_fn=end_with_parent
        )
        print(self.greeting, flush=True)

    def stop_worker(self) -> None:
        if self.worker:
            self.worker.terminate()
            try:
                self.worker.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.worker.kill()


def end_with_parent() -> None:
    """Have the kernel end this process when its parent ends, however that happens (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port(first: int) -> int:
    """The first port from `first` on that nobody listens on."""
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as asked:
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                asked.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"No free port between {first} and {first + PORTS_TRIED}; name one by: laojian demo --port N")
