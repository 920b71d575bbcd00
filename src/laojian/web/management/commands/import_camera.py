"""`laojian import-camera`: bring a folder of a body or reception-room camera into the system; repeat it as often as you like."""

from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from laojian.evidence.cameras import bring_in, offset_told
from laojian.evidence.models import CameraFile
from laojian.people.models import Bureau, Officer


class Command(BaseCommand):
    help = "导入执法记录仪、接待室监控的文件夹：逐个文件报告结果；中断的再运行一次，已导入的自动跳过。"

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="文件夹")
        parser.add_argument("--bureau", required=True, help="机关名称或代字")
        parser.add_argument("--device", required=True, help="设备编号")
        parser.add_argument(
            "--source", choices=CameraFile.Source.values, default="body", help="body 执法记录仪，room 接待室监控"
        )
        parser.add_argument("--offset", default="00:00:00", help="设备时钟比标准时间快多少（慢的写负数），如 +00:03:20")
        parser.add_argument("--by", required=True, help="导入人的账号")

    def handle(self, *args, folder, **options):
        try:
            bureau = Bureau.objects.get(Q(name=options["bureau"]) | Q(short=options["bureau"]))
            by = Officer.objects.get(username=options["by"], is_active=True, bureau=bureau)
            offset = offset_told(options["offset"])
        except (Bureau.DoesNotExist, Officer.DoesNotExist) as missing:
            raise CommandError("没有这个机关，或者该机关没有这个账号") from missing
        except ValidationError as wrong:
            raise CommandError("；".join(wrong.messages)) from wrong
        if not folder.is_dir():
            raise CommandError(f"没有文件夹 {folder}")
        told = {"bureau": bureau, "source": options["source"], "device": options["device"], "offset": offset}
        rows = list(self.told(bring_in(folder, **told, by=by, at=datetime.now(UTC))))
        refused = [row for row, _ in rows if row.problem]
        new = sum(1 for row, fresh in rows if fresh and not row.problem)
        self.stdout.write(
            f"新导入 {new} 个，跳过已导入的 {len(rows) - new - len(refused)} 个，没有收下 {len(refused)} 个"
        )
        if refused:
            raise CommandError("有没有收下的文件，原因见上；改正后再运行一次")

    def told(self, rows):
        """Each file with its result, as it comes."""
        for row, fresh in rows:
            result = row.problem or ("已导入" if fresh else "已在系统中，跳过")
            self.stdout.write(f"{row.name}\t{row.began_at:%Y-%m-%d %H:%M:%S}\t{result}")
            yield row, fresh
