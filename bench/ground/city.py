"""An invented city with so many files: sixteen districts and their towns, officers, employers, ten years of files and their record.

Loaded by the owner in statements over whole sets. Nothing is drawn at random: the same size gives the same city.
"""

from contextlib import closing, contextmanager
from datetime import date

import psycopg

TABLES = [
    *("people_bureau", "people_officer", "people_post", "people_certificate", "employers_employer", "dossier_dossier"),
    *("dossier_find", "dossier_desk", "dossier_access", "clocks_deadline", "cases_case", "cases_party", "cases_worker"),
    *("cases_ledgerline", "intake_source", "papers_paper", "record_entry"),
]
DISTRICTS, TOWNS = 16, 12
EMPLOYERS_A_FILE = 0.1
FEW = 3  # how many files the smallest bureau has
OPENED = 40  # how many files of other bureaus are opened to one officer
STATES = [  # of files that are open: state, clock that ends first, share in percent
    ("acceptance_review", "accept", 12), ("filing_proposed", "accept", 8), ("filed", "investigate", 8),
    ("investigating", "investigate", 44), ("investigated", "decide", 8), ("awaiting_statement", "defense", 6),
    ("final_review", "review", 6), ("reviewed", "decide", 4), ("performing", "perform", 4),
]  # fmt: skip
BRANDS = (
    "宏远恒通嘉禾瑞丰鼎盛华泰金诺博雅长青东海方正广汇纳基佳美凯旋蓝天明德南山鹏程启航祥三和安同创"
    "万顺新纪兴业旭日居永昌裕隆阳志诚中众合"
)
TRADES = [
    "建筑装饰工程",
    "市政工程",
    "餐饮管理",
    "物业服务",
    "服装加工",
    "机械制造",
    "物流运输",
    "保洁服务",
    "劳务派遣",
    "电子科技",
]
MATTERS = ["拖欠工资", "超时加班", "未订立书面劳动合同", "未缴纳社会保险费"]

PSEUDO = """
CREATE FUNCTION pg_temp.share(i bigint, salt int) RETURNS float LANGUAGE sql IMMUTABLE
RETURN (hashint8extended(i, salt) & 1048575) / 1048576.0"""

PEOPLE = """
INSERT INTO people_bureau (name, short, level, region, arbitration, options)
VALUES ('示例市人力资源和社会保障局', '示人社监', 'city', '示例市', '{}', '{}');
INSERT INTO people_bureau (name, short, level, parent_id, region, arbitration, options)
SELECT '示例市第' || i || '区人力资源和社会保障局', '示' || i || '人社监', 'district', c.id, '第' || i || '区', '{}', '{}'
FROM people_bureau c, generate_series(1, %(districts)s) i WHERE c.level = 'city';
INSERT INTO people_bureau (name, short, level, parent_id, district_id, region, arbitration, options)
SELECT d.region || '第' || i || '街道综合行政执法队', d.short || i, 'town', d.id, d.id, d.region, '{}', '{}'
FROM people_bureau d, generate_series(1, %(towns)s) i WHERE d.level = 'district';
UPDATE people_bureau SET district_id = id WHERE level <> 'town';
INSERT INTO people_officer (password, username, name, bureau_id, is_active)
SELECT '!', 'o' || b.id || '_' || i, '示' || b.id || '员' || i, b.id, true
FROM people_bureau b, generate_series(1, CASE b.level WHEN 'town' THEN 4 ELSE 15 END) i;
INSERT INTO people_post (officer_id, bureau_id, role, since)
SELECT o.id, o.bureau_id, r, '2015-01-01' FROM people_officer o, unnest(CASE split_part(o.username, '_', 2)
  WHEN '1' THEN '{unit_head}' WHEN '2' THEN '{clerk,archivist}' WHEN '5' THEN '{reviewer}' WHEN '6' THEN '{deputy}'
  ELSE '{inspector}' END::text[]) r WHERE NOT o.system;
INSERT INTO people_certificate (officer_id, kind, number, valid_from, valid_to)
SELECT id, 'enforcement', 'SL' || id, '2015-01-01', '2030-12-31' FROM people_officer WHERE NOT system"""

EMPLOYERS = """
INSERT INTO employers_employer (name, kind, region, address, legal_rep, legal_rep_post, sort_key)
SELECT told, 'company', region, region || '示例路' || i || '号', '示法人', '经理', convert_to(told, 'EUC_CN')
FROM (SELECT i, '第' || 1 + i %% %(districts)s || '区' AS region,
        substr(%(brands)s, 1 + (i * 7) %% %(signs)s, 1) || substr(%(brands)s, 1 + (i / %(signs)s) %% %(signs)s, 1)
        || (%(trades)s::text[])[1 + i %% 10] || '有限公司（示例' || i || '）' AS told
      FROM generate_series(1, %(employers)s) i) e"""

SLOTS = """
CREATE TEMP TABLE slots AS
SELECT row_number() OVER (ORDER BY b.id, n) - 1 AS slot, b.id AS bureau_id, b.district_id
FROM people_bureau b, generate_series(1, CASE b.level WHEN 'city' THEN 10 WHEN 'district' THEN 4 + 400 / (b.id %% 16 + 2) ELSE 3 END) n
WHERE b.id <> ALL(%(apart)s::bigint[]);
CREATE UNIQUE INDEX ON slots (slot);
CREATE TEMP TABLE hands AS
SELECT bureau_id, officer_id, row_number() OVER (PARTITION BY bureau_id ORDER BY officer_id) AS nth,
  count(*) OVER (PARTITION BY bureau_id) AS n
FROM people_post WHERE role = 'inspector';
CREATE UNIQUE INDEX ON hands (bureau_id, nth);
ANALYZE slots; ANALYZE hands"""

# Nine files in ten of the last three percent are open, and one in five hundred of the older ones.
DOSSIERS = """
INSERT INTO dossier_dossier (id, flow, state, seq, number, title, bureau_id, district_id, employer_id, lead_id, second_id, opened_on,
  filed_on, ended_on, due_on, due_clock, open)
SELECT i, 'general', CASE WHEN open THEN (%(states)s::text[])[rank] ELSE 'archived' END, 5,
  CASE WHEN open AND rank < 3 THEN '' ELSE b.short || '立〔' || extract(year FROM on_) || '〕' || i || '号' END,
  e.name || ' ' || (%(matters)s::text[])[1 + i %% 4] || '案', f.bureau_id, f.district_id, e.id,
  CASE WHEN NOT open OR rank > 3 THEN h.officer_id END, CASE WHEN NOT open OR rank > 3 THEN g.officer_id END, on_,
  CASE WHEN NOT open OR rank > 2 THEN on_ + 5 END, CASE WHEN NOT open THEN on_ + 80 END,
  CASE WHEN open THEN %(today)s::date - 10 + floor(pg_temp.share(i, 5) * 90)::int END,
  CASE WHEN open THEN (%(clocks)s::text[])[rank] ELSE '' END, open
FROM (
  SELECT i, %(today)s::date - (3650 * (1 - i::float / %(n)s))::int AS on_,
    pg_temp.share(i, 1) < CASE WHEN i > %(n)s * 0.97 THEN 0.9 ELSE 0.002 END OR EXISTS (SELECT FROM pg_temp.apart a WHERE a.id = i)
      AS open,
    (%(ranks)s::int[])[1 + floor(pg_temp.share(i, 2) * 100)::int] AS rank,
    coalesce((SELECT bureau_id FROM pg_temp.apart a WHERE a.id = i), s.bureau_id) AS bureau_id,
    coalesce((SELECT district_id FROM pg_temp.apart a WHERE a.id = i), s.district_id) AS district_id
  FROM generate_series(1, %(n)s::bigint) i JOIN slots s ON s.slot = floor(pg_temp.share(i, 3) * %(slots)s)::bigint) f
JOIN people_bureau b ON b.id = f.bureau_id
JOIN employers_employer e ON e.id = 1 + floor(power(pg_temp.share(i, 4), 2) * %(employers)s)::bigint
JOIN hands h ON h.bureau_id = f.bureau_id AND h.nth = 1 + i %% h.n
JOIN hands g ON g.bureau_id = f.bureau_id AND g.nth = 1 + (i + 1) %% g.n
ORDER BY i"""

BELONGINGS = """
INSERT INTO dossier_find (dossier_id, bigrams) SELECT id, bigrams(title || '|' || number) FROM dossier_dossier ORDER BY id;
INSERT INTO cases_case (dossier_id, matter, violation, began_on, found_on)
SELECT id, 'wages', 'continuing', opened_on - 90, opened_on FROM dossier_dossier ORDER BY id;
INSERT INTO cases_party (dossier_id, kind, role, employer_id, name, address, legal_rep, post)
SELECT d.id, 'employer', 'respondent', e.id, e.name, e.address, e.legal_rep, e.legal_rep_post
FROM dossier_dossier d JOIN employers_employer e ON e.id = d.employer_id ORDER BY d.id;
INSERT INTO intake_source (dossier_id, bureau_id, kind, number, received_at, summary, request, name, replied_on)
SELECT id, bureau_id, 'complaint', '登〔' || id || '〕', opened_on, '拖欠三个月工资', '支付工资', '示投诉' || id,
  CASE WHEN NOT open THEN ended_on END FROM dossier_dossier ORDER BY id;
INSERT INTO clocks_deadline (dossier_id, key, started_on, due_on, strict_on, rolled_on, length, unit, version, basis)
SELECT id, key, due_on - 60, due_on + more, due_on + more, due_on + more, 60, 'day', '2021-07-15', 'apl-60'
FROM dossier_dossier, LATERAL (VALUES (due_clock, 0), ('conclude', 30)) AS c(key, more) WHERE open ORDER BY id;
INSERT INTO dossier_desk (officer_id, dossier_id, due_on)
SELECT unnest(ARRAY[lead_id, second_id]), id, due_on FROM dossier_dossier WHERE open AND lead_id IS NOT NULL
UNION ALL
SELECT p.officer_id, d.id, d.due_on FROM dossier_dossier d JOIN people_post p ON p.bureau_id = d.bureau_id AND p.role = 'unit_head'
WHERE d.open AND d.state IN ('filing_proposed', 'filed')
UNION ALL
SELECT p.officer_id, d.id, d.due_on FROM dossier_dossier d JOIN people_post p ON p.bureau_id = d.bureau_id AND p.role = 'clerk'
WHERE d.open AND d.state = 'acceptance_review';
INSERT INTO papers_paper (dossier_id, nth, code, label)
SELECT id, 1, 'registration', '登记表' FROM dossier_dossier WHERE open ORDER BY id;
INSERT INTO cases_worker (dossier_id, name, trade)
SELECT d.id, '示工' || i, '木工' FROM dossier_dossier d, generate_series(1, 5) i WHERE d.open ORDER BY d.id;
INSERT INTO cases_ledgerline (worker_id, dossier_id, seq, "on", kind, months, amount)
SELECT w.id, w.dossier_id, 2, d.opened_on, 'found', '{2026-07,2026-08}', 9600
FROM cases_worker w JOIN dossier_dossier d ON d.id = w.dossier_id"""

ENTRIES = """
INSERT INTO record_entry (kind, dossier_id, bureau_id, seq, verb, label, at, actor_id, actor_name, actor_post, actor_certificate, basis,
  from_state, to_state, given, effects, state_hash, previous, hash)
SELECT 'step', d.id, d.bureau_id, n, (%(verbs)s::text[])[n], (%(labels)s::text[])[n], d.opened_on + n, coalesce(d.lead_id, 1),
  '示监察', '示例区 劳动保障监察员', 'SL1', 'impl-19', '', d.state, '{"opinion": "同意"}', '{"on": "2026-01-05"}',
  md5(d.id || 's' || n) || md5('s' || d.id), CASE WHEN n > 1 THEN md5(d.id || 'h' || n - 1) || md5('h' || d.id) ELSE '' END,
  md5(d.id || 'h' || n) || md5('h' || d.id)
FROM dossier_dossier d, generate_series(1, 5) n WHERE d.id BETWEEN %(first)s AND %(last)s ORDER BY d.id, n"""
VERBS = ["register", "propose_filing", "file", "assign", "archive"]
LABELS = ["登记", "拟予立案", "批准立案", "指派承办", "归档"]


def load(owner_url: str, n: int, today: date) -> None:
    """Fill a migrated, empty database with `n` files and five entries for each."""
    ranks = [rank for rank, (_, _, share) in enumerate(STATES, 1) for _ in range(share)]
    given = {
        "n": n, "today": today, "districts": DISTRICTS, "towns": TOWNS, "employers": max(50, int(n * EMPLOYERS_A_FILE)),
        "brands": BRANDS, "signs": len(BRANDS), "trades": TRADES, "matters": MATTERS, "ranks": ranks,
        "states": [row[0] for row in STATES], "clocks": [row[1] for row in STATES], "verbs": VERBS, "labels": LABELS,
    }  # fmt: skip
    with closing(psycopg.connect(owner_url, autocommit=True, cursor_factory=psycopg.ClientCursor)) as db:
        db.execute(PSEUDO)
        with unhampered(db):
            fill(db, given)
        for table in TABLES:
            db.execute(f"VACUUM (ANALYZE) {table}")


def fill(db: psycopg.Connection, given: dict) -> None:
    """The rows, in the order in which they refer to each other."""
    n = given["n"]
    db.execute(PEOPLE, given)
    db.execute(EMPLOYERS, given)
    towns = [key for (key,) in db.execute("SELECT id FROM people_bureau WHERE level = 'town' ORDER BY id DESC LIMIT 2")]
    db.execute("CREATE TEMP TABLE apart (id bigint PRIMARY KEY, bureau_id bigint, district_id bigint)")
    step = max(1, n // 3000)
    few = [n - step * 5 * place - 1 for place in range(FEW)]
    own = [n - step * 3 * place - 2 for place in range(20)]
    for town, files in zip(towns, (few, own), strict=True):
        db.execute("INSERT INTO apart SELECT unnest(%s::bigint[]), id, district_id FROM people_bureau WHERE id = %s "
                   "ON CONFLICT DO NOTHING", [files, town])  # fmt: skip
    db.execute(SLOTS, {"apart": towns})
    slots = db.execute("SELECT count(*) FROM slots").fetchone()[0]
    db.execute(DOSSIERS, given | {"slots": slots})
    db.execute("SELECT setval(pg_get_serial_sequence('dossier_dossier', 'id'), %s)", [n])
    db.execute(BELONGINGS)
    for first in range(1, n + 1, 200_000):
        db.execute(ENTRIES, given | {"first": first, "last": min(first + 199_999, n)})
    db.execute(
        "INSERT INTO dossier_access (dossier_id, officer_id, document, since) SELECT %s - i * %s, o.id, '示函', '2020-01-01' "
        "FROM generate_series(0, %s) i, people_officer o WHERE o.bureau_id = %s AND o.username LIKE '%%\\_3'",
        [n, step, OPENED - 1, towns[1]],
    )


@contextmanager
def unhampered(db: psycopg.Connection):
    """Within the block the tables have neither foreign keys nor further indexes, and columns left out are empty; then all is back."""
    keys = db.execute(KEYS, [TABLES]).fetchall()
    indexes = db.execute(INDEXES, [TABLES]).fetchall()
    columns = db.execute(COLUMNS, [TABLES]).fetchall()
    for table, name, _ in keys:
        db.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    for table, column, kind in columns:
        db.execute(f"""ALTER TABLE {table} ALTER COLUMN "{column}" SET DEFAULT '{EMPTY.get(kind, "")}'""")
    yield
    for table, column, _ in columns:
        db.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" DROP DEFAULT')
    for _, made in indexes:
        db.execute(made)
    for table, name, told in keys:
        db.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {told}')


KEYS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s::text[])"""
INDEXES = """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid::regclass::text = ANY(%s::text[]) AND NOT indisunique"""
COLUMNS = """SELECT table_name, column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = ANY(%s::text[]) AND is_nullable = 'NO' AND column_default IS NULL
AND is_identity = 'NO' AND is_generated = 'NEVER' AND data_type <> 'date' AND data_type NOT LIKE 'timestamp%%'"""
EMPTY = {
    "jsonb": "[]",
    "ARRAY": "{}",
    "boolean": "false",
    "integer": "0",
    "bigint": "0",
    "numeric": "0",
    "smallint": "0",
}
