"""Every address that has a page was opened by somebody in some story, and with it examined; or it is said here why not."""

import ast
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver

PATIENCE = 1200  # seconds for the stories of the other workers, on a machine that has other work too
SENT_ONLY = "has no page: it is only sent to"
FILE = "has no page: it gives a file"
WITHOUT_PAGE = {
    **dict.fromkeys(("logout", "leave", "post_new", "post_end", "certificate_new", "password_reset", "code_unbind"), SENT_ONLY),
    **dict.fromkeys(("account_close", "account_open", "record_verify", "totp_unbind", "paper_fill"), SENT_ONLY),
    **dict.fromkeys(("site_batch", "site_numbers", "camera_hold"), SENT_ONLY),
    **dict.fromkeys(("upload_begin", "upload_piece", "upload_finish", "upload_drop", "outgoing_push"), SENT_ONLY),
    **dict.fromkeys(("head", "consistency", "verify_script", "record_proof", "camera_play", "outbox_file"), FILE),
    "site_worker": "a program of the browser's: the story of the visit on a phone works by it",
    "login_password": "the demo's accounts keep their passwords; tried in src/laojian/web/tests/test_account.py",
}  # fmt: skip


def names(resolver) -> Iterator[str]:
    """The names of all addresses."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from names(each)
        elif each.name:
            yield each.name


def stories() -> set[str]:
    """The names of all stories, as they stand in this folder."""
    files = (path for path in Path(__file__).parent.glob("test_*.py") if path.name != Path(__file__).name)
    trees = (ast.parse(path.read_text()) for path in files)
    return {
        node.name
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name[:5] == "test_"
    }


def test_every_page_was_opened_by_somebody(request, diary):
    wanted = stories()
    if not wanted <= {item.name for item in request.session.items}:
        pytest.skip("only some of the stories were asked for")
    until = time.monotonic() + PATIENCE
    while missing := {name for name in wanted if not (diary / f"{name}.json").exists()}:
        assert time.monotonic() < until, f"no word of {missing}"
        time.sleep(0.5)
    opened = {name for story in wanted for name in json.loads((diary / f"{story}.json").read_text())}
    assert set(names(get_resolver())) - opened == set(WITHOUT_PAGE)
