"""A program that takes steps and says so after each: `python -m laojian.procedure.tests.taking STEPS`. Made to be killed."""

import sys
from datetime import datetime, timedelta
from itertools import cycle

import django

MORNING = datetime.fromisoformat("2026-01-05T09:00:00+08:00")


def main(count: int) -> None:
    """Take so many steps on one file after another; prints number of the file, of the entry, and state, once committed."""
    # Only now are the rooms there to be imported: this module is the program itself.
    django.setup()
    from laojian.people.models import Officer
    from laojian.procedure.take import open_file, take

    from .carried import COMPLAINT, FILING

    zhou, wang, zhang, li = (Officer.objects.get(username=name) for name in ("zhou", "wang", "zhang", "li"))
    party = {"kind": "person", "role": "third", "name": "李示"}
    steps = cycle([
        ("register", zhou, COMPLAINT),
        ("keep_party", zhou, party),
        ("propose_filing", zhou, FILING),
        ("file", wang, {"opinion": "同意"}),
        ("assign", wang, {"lead": zhang.pk, "second": li.pk}),
    ])  # fmt: skip
    file = None
    for n, (verb, by, given) in zip(range(count), steps, strict=False):
        at = MORNING + timedelta(seconds=n)
        if verb == "register":
            file = open_file("general", verb, by=by, at=at, given=given)
        else:
            file = take(file.id, verb, by=by, at=at, given=given)
        print(file.id, file.seq, file.state, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
