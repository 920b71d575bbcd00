"""The yardstick of a step: what somebody writes by hand, in psycopg alone, for these four steps and for no others.

The same lock, the same reads, the same hashes and the same rows as `take()`, and every check that these steps make; but no
table of steps, no forms, no templates: constants where the platform looks something up.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import psycopg

from laojian.record.rules import line

ME = "SELECT set_config('app.user', %s, true), set_config('app.dossier', '0', true)"
LOCK = "SELECT state FROM dossier_dossier WHERE id = %s FOR UPDATE"
CASE = "UPDATE cases_case SET matter = %s, began_on = %s, ceased_on = NULL, violation = %s WHERE dossier_id = %s"
NUMBER = """INSERT INTO papers_counter (bureau_id, word, year, last) VALUES (%s, '立', %s, 1)
ON CONFLICT (bureau_id, word, year) DO UPDATE SET last = papers_counter.last + 1 RETURNING last"""
APPROVALS = """SELECT verb, label, given, actor_name, actor_post, at FROM record_entry
WHERE dossier_id = %s AND kind = 'step' ORDER BY seq"""
TEAM = """SELECT o.id, o.name, c.number FROM people_officer o
JOIN people_post p ON p.officer_id = o.id AND p.bureau_id = %(bureau)s AND p.role = 'inspector' AND p.since <= %(on)s
 AND (p.until IS NULL OR p.until >= %(on)s)
JOIN people_certificate c ON c.officer_id = o.id AND c.kind <> 'lawyer' AND %(on)s BETWEEN c.valid_from AND c.valid_to
WHERE o.id = ANY(%(ids)s)"""


class Refused(Exception):
    """A check failed."""


class Hand:
    """Takes the four steps on one connection.

    `sql` has the texts of the statements that read a file, move it (by the columns set besides), read it again and write its
    record; `bodies` for each step the texts of its papers as JSON, with 〔号〕 and 〔意见〕 to fill in.
    """

    def __init__(self, url: str, sql: Mapping, bodies: Mapping[str, Mapping[str, str]], days_off: set[date]):
        self.db = psycopg.connect(url, autocommit=True)
        self.sql, self.bodies, self.days_off = sql, bodies, days_off

    def close(self) -> None:
        self.db.close()

    def propose_filing(self, dossier: int, by: int, at: datetime, given: dict) -> None:
        with self.db.transaction(), self.db.cursor() as db:
            file = self.open(db, dossier, by, at, "acceptance_review", {"clerk", "inspector"})
            if given["violation"] not in ("instant", "continuous", "continuing") or not given["opinion"].strip():
                raise Refused("input")
            if not given["in_competence"] or date.fromisoformat(given["began_on"]) > at.date():
                raise Refused("competence or dates")
            respondent = next((p for p in file["parties"] if p["role"] == "respondent" and p["name"]), None)
            if respondent is None:
                raise Refused("nobody is complained of")
            db.execute(CASE, [given["matter"], given["began_on"], given["violation"], dossier])
            title = f"{respondent['name']} 拖欠工资案"
            self.close_step(db, file, "propose_filing", "拟予立案", "impl-18", at, given, "filing_proposed", ["unit_head"],
                            columns={"title": title})  # fmt: skip

    def return_filing(self, dossier: int, by: int, at: datetime, given: dict) -> None:
        with self.db.transaction(), self.db.cursor() as db:
            file = self.open(db, dossier, by, at, "filing_proposed", {"unit_head"})
            if not given["opinion"].strip():
                raise Refused("input")
            self.close_step(
                db, file, "return_filing", "退回受理审查", "impl-19", at, given, "acceptance_review", ["clerk"]
            )

    def file(self, dossier: int, by: int, at: datetime, given: dict) -> None:
        with self.db.transaction(), self.db.cursor() as db:
            file = self.open(db, dossier, by, at, "filing_proposed", {"unit_head"})
            if any(row[1] == "propose_filing" and row[3] == by for row in file["took"]) or not given["opinion"].strip():
                raise Refused("proposed it herself, or input")
            bureau, year = file["bureau"], at.year
            nth = db.execute(NUMBER, [bureau["id"], year]).fetchone()[0]
            number = f"{bureau['short']}立〔{year}〕{nth}号"
            ended = [c for c in file["clocks"] if not c["ending"] and c["key"] in ("accept", "file")]
            started = [self.clock("investigate", at.date(), 60, "working_day", "lsr-17", "2004-12-01"),
                       self.clock("conclude", at.date(), 90, "day", "apl-60", "2021-07-15")]  # fmt: skip
            self.close_step(db, file, "file", "批准立案", "impl-19", at, given, "filed", ["unit_head"], ended=ended,
                            started=started,
                            columns={"number": number, "filed_on": at.date()},
                            words=f"{file['dossier']['title']}|{number}")  # fmt: skip

    def assign(self, dossier: int, by: int, at: datetime, given: dict) -> None:
        with self.db.transaction(), self.db.cursor() as db:
            file = self.open(db, dossier, by, at, "filed", {"unit_head"})
            ids = [given["lead"], given["second"]]
            team = {"bureau": file["dossier"]["bureau_id"], "on": at.date(), "ids": ids}
            if {row[0] for row in db.execute(TEAM, team).fetchall()} != set(ids) or ids[0] == ids[1]:
                raise Refused("two certified inspectors")
            self.close_step(db, file, "assign", "指派承办", "apl-42", at, given, "investigating", [],
                            hands=ids, columns={"lead_id": ids[0], "second_id": ids[1]})  # fmt: skip

    def open(self, db: psycopg.Cursor, dossier: int, by: int, at: datetime, state: str, roles: set[str]) -> dict:
        """Lock and read the file, and see that this officer may act on it now."""
        db.execute(ME, [str(by)])
        if db.execute(LOCK, [dossier]).fetchone() is None:
            raise Refused("not visible")
        text, head, took, _, bureau, _, actor = db.execute(
            self.sql["read"], {"id": dossier, "by": by, "on": at.date()}
        ).fetchone()
        file = json.loads(text) | {"text": text, "head": head, "took": took, "bureau": bureau, "actor": actor}
        if file["dossier"]["state"] != state or not roles.intersection(actor["roles"]):
            raise Refused("state or post")
        if took and at < datetime.fromisoformat(took[-1][5]):
            raise Refused("earlier than the last step")
        late = [c for c in file["clocks"] if not c["ending"] and date.fromisoformat(c["due_on"]) < at.date()]
        if late:
            raise Refused("late without a reason")
        return file

    def clock(self, key: str, start: date, length: int, unit: str, basis: str, version: str) -> dict:
        """The row of a clock, counted day by day."""
        end = start + timedelta(length)
        if unit == "working_day":
            end, left = start, length
            while left:
                end += timedelta(1)
                left -= end not in self.days_off
        rolled = end
        while rolled in self.days_off:
            rolled += timedelta(1)
        days = {"started_on": start.isoformat(), "due_on": end.isoformat(), "strict_on": end.isoformat()}
        frozen = {"length": length, "unit": unit, "version": version, "basis": basis, "extended": False}
        return {"key": key, "subject": "", "rolled_on": rolled.isoformat(), "provisional": False, **days, **frozen}

    def close_step(self, db, file, verb, label, basis, at, given, target, waits, *, ended=(), started=(),
                   hands=(), columns=(), words="") -> None:  # fmt: skip
        """Move the file, read it again, hash it, fill the papers, write the entry."""
        dossier, actor, seq = file["dossier"]["id"], file["actor"], file["dossier"]["seq"] + 1
        gone = [c["id"] for c in ended]
        running = [c for c in file["clocks"] if not c["ending"] and c["id"] not in gone] + list(started)
        nearest = min(running, key=lambda c: (c["due_on"], c["key"]), default={"due_on": None, "key": ""})
        columns = dict(columns)
        db.execute(self.sql["move"](tuple(columns)), {
            "id": dossier, "state": target, "seq": seq, "on": at.date(), "ended": gone, "ending": "stopped",
            "started": json.dumps(started), "due_on": nearest["due_on"], "due_clock": nearest["key"],
            "bureau_id": file["dossier"]["bureau_id"], "hands": list(hands), "waits": waits, "words": words, **columns,
        })  # fmt: skip
        after = db.execute(self.sql["reread"], {"id": dossier}).fetchone()[0]
        drafts = []
        if bodies := self.bodies.get(verb):
            approvals = db.execute(APPROVALS, [dossier]).fetchall()
            said = "；".join(f"{row[3]}：{row[2].get('opinion', '')}" for row in approvals)
            number = columns.get("number") or file["dossier"]["number"]
            for code, text in bodies.items():
                body = json.loads(text.replace("〔号〕", number).replace("〔意见〕", said))
                drafts.append({"code": code, "label": code, "given": given, "body": body, "approval": {}})
        entry = {
            "kind": "step", "dossier_id": dossier, "bureau_id": file["dossier"]["bureau_id"], "seq": seq, "verb": verb,
            "label": label, "at": at.astimezone(UTC).isoformat(timespec="microseconds"), "actor_id": actor["id"],
            "actor_name": actor["name"], "actor_post": f"{file['bureau']['name']} {actor['roles'][0]}",
            "actor_certificate": next((c["number"] for c in actor["certificates"] if c["kind"] != "lawyer"), ""),
            "basis": basis, "from_state": file["dossier"]["state"], "to_state": target, "given": given,
            "effects": {"started": {c["key"]: c["due_on"] for c in started}, "ended": {c["key"]: c["due_on"] for c in ended},
                        "drafted": [paper["code"] for paper in drafts], "on": at.date().isoformat()},
            "state_hash": hashlib.sha256(after.encode()).hexdigest(), "previous": file["head"],
        }  # fmt: skip
        chained = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        entry["hash"] = hashlib.sha256(chained.encode()).hexdigest()
        salt = os.urandom(32)
        leaf = hashlib.sha256(b"\x00" + salt + line(entry | {"at": at})).digest()
        db.execute(self.sql["record"], entry | {
            "salt": salt, "leaf": leaf, "given": json.dumps(given), "effects": json.dumps(entry["effects"]),
            "drafts": json.dumps(drafts),
        })  # fmt: skip

    def bare(self, dossier: int, steps: int, by: int) -> None:
        """The rows of so many steps and nothing else: no read, no check, no hash."""
        at = datetime(2026, 1, 6, 9, tzinfo=UTC)
        for n in range(steps):
            with self.db.transaction(), self.db.cursor() as db:
                db.execute(ME, [str(by)])
                db.execute(self.sql["move"](()), {
                    "id": dossier, "state": "filed", "seq": n + 2, "on": at.date(), "ended": [], "ending": "", "started": "[]",
                    "due_on": at.date(), "due_clock": "accept", "bureau_id": 2, "hands": [by], "waits": [], "words": "",
                })  # fmt: skip
                db.execute(self.sql["record"], {
                    "kind": "step", "dossier_id": dossier, "bureau_id": 2, "seq": n + 2, "verb": "file", "label": "批准立案",
                    "at": at, "actor_id": by, "actor_name": "周受理", "actor_post": "", "actor_certificate": "", "basis": "impl-19",
                    "from_state": "filed", "to_state": "filed", "given": "{}", "effects": "{}", "state_hash": "", "previous": "",
                    "hash": "", "drafts": "[]", "salt": b"", "leaf": b"",
                })  # fmt: skip
