"""`laojian set-local`: enter a local value for a bureau, with its document; the deed stands in the record."""

from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from laojian.lawbook import LawError, law
from laojian.people.actions import set_local
from laojian.people.models import Bureau, Officer, Role
from laojian.people.queries import me_on
from laojian.procedure.step import local


class Command(BaseCommand):
    help = "登记一个机关的本地数值（听证数额、备案天数等）：须有文号和来源，从施行日期起生效，登记本身留下记录。"

    def add_arguments(self, parser):
        parser.add_argument("key", help="本地数值的键，见 laojian law local")
        parser.add_argument("value", help="数值")
        parser.add_argument("--bureau", required=True, help="机关名称或代字")
        parser.add_argument("--since", required=True, type=date.fromisoformat, help="施行日期")
        parser.add_argument("--document", required=True, help="文件名称和文号")
        parser.add_argument("--source", required=True, help="在哪里查到")
        parser.add_argument("--by", required=True, help="登记人的账号")

    def handle(self, *args, key, value, **options):
        at = datetime.now(UTC)
        try:
            bureau = Bureau.objects.get(Q(name=options["bureau"]) | Q(short=options["bureau"]))
            me = me_on(Officer.objects.get(username=options["by"], is_active=True), local(at).date())
            if Role.ADMIN not in me.scope.roles:
                raise ValidationError(f"{me.officer.name}不是系统管理员，不能登记本地数值。")
            told = {name: options[name] for name in ("since", "document", "source")}
            bureau = set_local(me, bureau, key, value, at=at, **told)
        except (Bureau.DoesNotExist, Officer.DoesNotExist) as missing:
            raise CommandError("没有这个机关或者账号") from missing
        except (LawError, ValidationError) as wrong:
            raise CommandError("；".join(getattr(wrong, "messages", [str(wrong)]))) from wrong
        self.stdout.write("\n".join(law().explain_local(key, bureau.options, options["since"])))
