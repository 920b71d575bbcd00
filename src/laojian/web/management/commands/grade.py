"""`laojian grade`: what grades a scheme gives on a day from the record as it stands, and who would change under another scheme."""

from argparse import ArgumentParser
from collections import Counter
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from laojian.credit.grading import counting, grade
from laojian.credit.records import everybody, facts_of
from laojian.credit.schemes import Scheme, grading, schemes
from laojian.employers.models import Employer
from laojian.people.acting import acting
from laojian.people.models import Officer


class Command(BaseCommand):
    """Tries a scheme; nothing is written, and no grade in force changes."""

    help = "按一种办法试算全部用人单位的等级；--against 另一种办法，看谁会变；--employer 统一社会信用代码，逐条说明"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scheme", default="national", choices=list(schemes()))
        parser.add_argument("--against", choices=list(schemes()))
        parser.add_argument("--on", type=date.fromisoformat, help="评价之日，默认今天")
        parser.add_argument("--employer", help="统一社会信用代码")

    def handle(self, *args, **told) -> None:
        on, scheme = told["on"] or localdate(), schemes()[told["scheme"]]
        with acting(Officer.objects.get(username="clock").pk):
            if told["employer"]:
                return self.unfold(told["employer"], scheme, on)
            found = everybody(scheme, on)
            self.stdout.write(f"{scheme.label}，{on}：{distribution(found, scheme)}")
            if told["against"]:
                self.compare(found, scheme, schemes()[told["against"]], on)

    def compare(self, found: dict, scheme: Scheme, other: Scheme, on: date) -> None:
        """How many change, from which grade to which."""
        then = everybody(other, on)
        self.stdout.write(f"{other.label}，{on}：{distribution(then, other)}")
        moved = Counter((found[key][0], then[key][0]) for key in found if found[key][0] != then[key][0])
        self.stdout.write(f"等级不同的 {sum(moved.values())} 家")
        for (before, after), n in sorted(moved.items()):
            self.stdout.write(f"  {before} → {after}：{n} 家")

    def unfold(self, code: str, scheme: Scheme, on: date) -> None:
        """One employer's grade with the facts that count."""
        employer = Employer.objects.filter(credit_code=code).first()
        if employer is None:
            raise CommandError(f"单位库没有统一社会信用代码为“{code}”的单位，请核对")
        letter, rule = grade(rows := facts_of(employer.pk), scheme, on)
        first, last = scheme.span(on)
        self.stdout.write(f"{employer.name}：{letter}（{scheme.label}，{first} 至 {last}）")
        self.stdout.write(f"{rule.label if rule else scheme.otherwise[1]}；依据 {scheme.basis}")
        for row in counting(rule, rows, scheme.window(on)) if rule else ():
            self.stdout.write(f"  {row.on} {grading()[0][row.kind].label}，卷宗 {row.case}")


def distribution(found: dict, scheme: Scheme) -> str:
    """How many there are of each grade, in words."""
    counted = Counter(letter for letter, _ in found.values())
    return "，".join(f"{letter} {counted[letter]:,}" for letter in scheme.grades)
