"""When a service takes effect, by its method; pure."""

from datetime import date, timedelta

from laojian.lawbook import Due, due, law

BASIS = {
    "direct": "cpl-87", "left": "cpl-89", "post": "cpl-91", "entrusted": "cpl-91", "electronic": "cpl-90",
    "announced": "cpl-95", "forwarded": "cpl-92",
}  # fmt: skip
WORDS = {
    "direct": "以签收之日为送达之日", "left": "以留置之日为送达之日", "post": "以回执注明的收件之日为送达之日",
    "entrusted": "以受送达人签收之日为送达之日", "electronic": "以到达当事人指定系统之日为送达之日",
    "forwarded": "以受送达人签收之日为送达之日",
}  # fmt: skip


def effective(method: str, done_on: date) -> tuple[date, list[str]]:
    """The day from which a service counts, and why. By announcement: the day after the period has passed (cpl-95)."""
    if method != "announced":
        return done_on, [f"{WORDS[method]}（{law().article(BASIS[method]).cite}）"]
    period: Due = due("announce", done_on)
    day = period.due_on + timedelta(days=1)
    return day, [
        f"自公告之日起经过 {period.length} 日视为送达，即 {day.isoformat()}（{law().article(period.basis).cite}）"
    ]
