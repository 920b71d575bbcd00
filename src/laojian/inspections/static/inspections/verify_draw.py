"""核验一次随机抽取 · Redoes a draw (protocol laojian-draw/1) and names what differs: python verify_draw.py bundle.json"""

import json
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from itertools import chain, combinations, zip_longest
from operator import ge

NAMES = "announcement 公告 commitment 承诺 file 文件 officers 检查人员名录 pairing 派出人员 pool 对象名录 randomness 公开随机数 "
NAMES += "result 抽取结果 salt 盐值 seed 种子 sizes 各层数量"
LOGGED = ("AVOID_KIN", "AVOID_INTEREST", "USUAL_CONTACT", "LEGAL_OTHER", "ON_LEAVE")  # what only the bureau knows


def H(value):
    form = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return sha256((value if isinstance(value, str) else json.dumps(value, **form)).encode()).hexdigest()


def smallest(ids, count, seed):
    """The smallest full tickets with their ids; what cannot be among them is put aside by its first three digits."""
    prefix, kept, highest, endings = H(seed).encode(), [], "999", [True] * 8
    for one in ids if count else ():
        digest = sha256(prefix + one.encode()).digest()
        if endings[digest[31] & 7] and f"{(number := int.from_bytes(digest, 'big')) % 1000:03d}"[::-1] <= highest:
            kept.append(("0." + f"{number:064d}"[::-1], one))
            if len(kept) > 2 * count + 1000:
                highest = (kept := sorted(kept)[:count])[-1][0][2:5]
                endings = [any(f"{n:03d}"[::-1] <= highest for n in range(end, 1000, 8)) for end in range(8)]
    return sorted(kept)[:count]


def shown(ticket):
    return ticket[: len(ticket) - len(ticket[2:].lstrip("9")) + 18]


def size_right(s):
    needed = min(s["population"], max(s["at_least"], -(-Fraction(s["ratio"]) * s["population"] // 1)))
    return needed <= s["size"] == (needed if s["planned"] is None else s["planned"]) <= s["population"]


def pools_right(strata, pools):
    ids = [pool["ids"] for pool in pools]
    told = [(pool["key"], len(pool["ids"]), H("\n".join(pool["ids"]) + "\n")) for pool in pools]
    apart = len(ids) == 1 or sum(map(len, ids)) == len(set(chain(*ids)))
    ordered = not any(any(map(ge, each, each[1:])) for each in ids)
    return apart and ordered and told == [(s["key"], s["population"], s["digest"]) for s in strata]


def officers_right(told, rows):
    numbers = [row["number"] for row in rows]
    facts = {"count": len(rows), "digest": H("".join(n + "\n" for n in numbers)), "facts": H(rows)}
    return (told == facts and numbers == sorted(set(numbers))) if told else not rows


def redrawn(b, seed):
    """The result as it must be under a seed: each row takes the next ticket of its stratum."""
    kinds = [(row["as"], row["stratum"]) for row in b["result"]]
    drawn = [("drawn", s["key"]) for s in b["announcement"]["strata"] for _ in range(s["size"])]
    later = [kind for kind, _ in kinds[len(drawn) :]]
    if kinds[: len(drawn)] != drawn or later != sorted(later) or set(later) - {"added", "reserve"}:
        return []
    count, rows = Counter(key for _, key in kinds), []
    order = {pool["key"]: iter(smallest(pool["ids"], count[pool["key"]], seed)) for pool in b["pools"]}
    for row in b["result"]:
        (ticket, one), opened = next(order[row["stratum"]]), row["opened"]
        opened = opened if opened and H(f"{opened['nonce']}|{opened['id']}") == one else None
        rows.append({**row, "id": one, "opened": opened, "ticket": shown(ticket)})
    return rows


def objection(row, logged, load, terms):
    valid = row["valid_from"] <= terms["on"] <= (row["valid_to"] or "9999")
    full = row["cap"] is not None and load >= row["cap"] and logged != "ON_LEAVE"
    other = "LOAD_CAP" if full else logged if logged in LOGGED else None
    return "CERT_INVALID" if not valid else other if len(row["grounds"]) == len(terms["items"]) else "NO_COMPETENCE"


def repaired(b, seed):
    """The pairing as it must be; leave and relations, which only the bureau knows, are taken from what it logged."""
    terms, officers = b["announcement"]["terms"], {row["number"]: row for row in b["officers"]}
    holds = {n: {*row["specialities"], row["may_lead"]} for n, row in officers.items()}
    logged = {row["id"]: {over["number"]: over["code"] for over in row["passed"]} for row in b["pairing"]}
    loads, needs, rows = {n: row["load"] for n, row in officers.items()}, {*terms["specialities"], True}, []
    slots = {n: "NO_SPECIALTY_SLOT" if needs - held - {True} else "NO_LEAD_SLOT" for n, held in holds.items()}
    for one in [row["id"] for row in b["result"] if row["as"] != "reserve"]:
        tickets = {number: ticket for ticket, number in smallest(officers, len(officers), f"{seed}|{one}")}
        codes = {n: objection(row, logged.get(one, {}).get(n), loads[n], terms) for n, row in officers.items()}
        for reach in sorted({row["reach"] for row in officers.values()}):
            walk = [n for n in tickets if officers[n]["reach"] <= reach]
            can = [n for n in walk if not codes[n]]
            teams = combinations(can, terms["size"]) if len(can) >= terms["size"] + terms["spare"] else ()
            if team := next((team for team in teams if needs <= set(chain(*map(holds.get, team)))), ()):
                break
        before, lead = walk[: walk.index(team[-1])] if team else walk, next((n for n in team if True in holds[n]), None)
        over = [n for n in walk if n not in team and (codes[n] or n in before)]
        passed = [{"code": codes[n] or (slots[n] if team else "NOT_ENOUGH"), "number": n} for n in over]
        loads.update({n: loads[n] + 1 for n in team})
        members = [{"number": n, "ticket": shown(tickets[n])} for n in team]
        rows.append({"id": one, "lead": lead, "passed": passed, "reach": reach, "team": members})
    return rows


def drawn(b, found):
    """Randomness, salt, seed and what follows from them; without the salt only that nobody is from elsewhere or twice."""
    a, salt, told, rows = b["announcement"], b["salt"], b["seed"] or "", b["result"]
    value, other = b["randomness"] or "", told.rpartition("|")[2]
    found["randomness"] = value.startswith("{source}:{issue}:".format(**a["randomness"])) if value else None
    if salt is None:
        ids = [row["id"] for row in rows or ()]
        return None if len(ids) == len(set(ids).intersection(chain(*(pool["ids"] for pool in b["pools"])))) else False
    fits = [H(each + a["draw_no"]) == a["commitment"] for each in (salt, other)]
    found["commitment"], found["salt"] = any(fits), fits[0] or not fits[1]
    joined = "|".join((a["draw_no"], value, salt if found["salt"] else other))
    tries = {seed: redrawn(b, seed) for seed in dict.fromkeys((joined, told))}
    seed = next((seed for seed, right in tries.items() if right == rows), joined)
    found["seed"], found["randomness"] = told in (joined, seed), found["randomness"] and seed == joined
    for part, right in (("pairing", repaired(b, seed) if a["terms"] else ()), ("result", tries[seed])):
        places = enumerate(zip_longest(b[part] or (), right), 1)
        found[part] = next((f"第 {n} 行 row {n}" for n, (x, y) in places if x != y), True)
    return found["result"]


def check(b):
    """By part: True where it is right, None where it cannot be told before the salt is revealed, else what differs."""
    found, a = dict.fromkeys(("commitment", "salt", "seed", "pairing")), b.get("announcement", {})
    tests = {"announcement": lambda: H(a) == b["announced"] and a["protocol"] == "laojian-draw/1",
             "sizes": lambda: all(map(size_right, a["strata"])), "pool": lambda: pools_right(a["strata"], b["pools"]),
             "officers": lambda: officers_right(a["officers"], b["officers"]), "result": lambda: drawn(b, found)}  # fmt: skip
    for part, test in tests.items():
        try:
            found[part] = test()
        except Exception:
            found[part] = False  # what cannot even be read differs
    unsealed = [part for part in ("result", "pairing") if H(b.get(part)) != b.get("seals", {}).get(part)]
    return {**found, **{part: found.get(part) if isinstance(found.get(part), str) else False for part in unsealed}}


if __name__ == "__main__":
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            found = check(json.load(file))
    except (ValueError, AttributeError):
        found = {"file": False}
    for part, right in found.items():
        marks = {True: "✓ 相符 matches", None: "… 盐值揭示前不能核验 open until the salt is revealed"}
        print(part, NAMES.partition(part)[2].split()[0], marks.get(right, f"✗ 不符 DIFFERS {right or ''}"))
    sys.exit(any(right not in (True, None) for right in found.values()))
