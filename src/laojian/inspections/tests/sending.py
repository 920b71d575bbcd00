"""A program that sends out a draw's list in a process of its own, so that a test can kill it: python -m …sending DRAW OFFICER."""

import sys
from datetime import datetime

import django

if __name__ == "__main__":
    django.setup()
    from laojian.inspections import sending
    from laojian.people.models import Officer
    from laojian.procedure.step import SHANGHAI
    from laojian.procedure.take import take

    by = Officer.objects.get(pk=int(sys.argv[2]))
    sending.AT_ONCE = 2
    print("begun", flush=True)
    while True:
        after = take(int(sys.argv[1]), "open_visits", by=by, at=datetime(2026, 5, 30, 9, tzinfo=SHANGHAI), given={})
        print(after.drawn["visits"], flush=True)
