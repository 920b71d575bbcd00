"""`laojian replay FILE`: carries a case told as data through the procedure and prints its timeline."""

import os
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test.utils import override_settings
from psycopg import sql

from laojian import cluster
from laojian.cases.replay.play import Play, Stopped
from laojian.cases.replay.story import StoryError, read_story
from laojian.cases.replay.timeline import timeline


class Command(BaseCommand):
    help = "重演：把一件用数据写成的案件逐步走完程序，打印时间线（在临时数据库中进行，不留下任何记录）"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, help="如 law/examples/cases/fj-2021-nodocs.yaml")

    def handle(self, *args, files, **options):
        try:
            stories = [read_story(path) for path in files]
        except StoryError as wrong:
            raise CommandError(str(wrong)) from wrong
        with scratch_database(), TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=Path(folder)):
            stopped = [play for play in map(self.shown, stories) if play]
        if stopped:
            raise CommandError("；".join(stopped))

    def shown(self, story) -> str:
        """Play one story and print it; returns why it stopped, or nothing."""
        play, why = Play(story), ""
        try:
            play.run()
        except Stopped as stop:
            why = str(stop)
        self.stdout.write("\n".join(timeline(play)) + "\n")
        self.stdout.write(f"\n停止：{why}\n" if why else "\n与公布的结果一致。\n")
        return why


@contextmanager
def scratch_database():
    """Within the block the connection is to a new, migrated database, which is gone afterwards; a record cannot be emptied."""
    if not settings.DATABASE_OWNER:
        raise CommandError("重演要新建一个临时数据库：请设置 DATABASE_OWNER_URL（docs/deploy.md）")
    name, kept = f"laojian_replay_{os.getpid()}", connection.settings_dict["NAME"]
    login = {key.lower(): settings.DATABASE_OWNER[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    with closing(psycopg.connect(dbname=kept, autocommit=True, **{k: v for k, v in login.items() if v})) as owner:
        cluster.create_database(owner, name, settings.DATABASE_OWNER["USER"])
        try:
            with closing(
                psycopg.connect(dbname=name, autocommit=True, **{k: v for k, v in login.items() if v})
            ) as inside:
                cluster.grant_by_default(
                    inside, settings.DATABASE_OWNER["USER"], connection.settings_dict["USER"], name
                )
            connection.close()
            connection.settings_dict["NAME"] = name
            call_command("migrate", verbosity=0, interactive=False)
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = kept
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
