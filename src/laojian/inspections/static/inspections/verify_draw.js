// Redoes a draw (protocol laojian-draw/1) in the visitor's browser and names what differs: verify_draw.py once more, told in
// the same order. Nothing is sent anywhere. No page is touched here: run(bundle) gives findings, and who shows them shows them.

export const PARTS = {
  announcement: "公告",
  sizes: "各层数量",
  pool: "对象名录",
  officers: "检查人员名录",
  randomness: "公开随机数",
  commitment: "承诺",
  salt: "盐值",
  seed: "种子",
  result: "抽取结果",
  pairing: "派出人员",
  file: "文件",
};
const LOGGED = ["AVOID_KIN", "AVOID_INTEREST", "USUAL_CONTACT", "LEGAL_OTHER", "ON_LEAVE"]; // what only the bureau knows
const BATCH = 2048; // ids whose digests are awaited together
const encoder = new TextEncoder();

/** Findings in the order of PARTS: {part, name, right, place}; right is true, false, or null where it is open until the salt
 * is revealed; place is the first row that differs, or 0. `progress(done, all)` is told of the ids hashed so far. */
export async function run(bundle, progress = () => {}) {
  if (!globalThis.crypto?.subtle) {
    throw new Error("浏览器只在 https 页面上提供核验所需的密码功能：请用 https 打开本页，或者下载 verify_draw.py 在自己的电脑上核验。");
  }
  const found = new Map(["commitment", "salt", "seed", "pairing"].map((part) => [part, null]));
  const a = bundle?.announcement ?? {};
  const tests = {
    announcement: async () => (await H(a)) === bundle.announced && a.protocol === "laojian-draw/1",
    sizes: () => a.strata.every(sizeRight),
    pool: () => poolsRight(a.strata, bundle.pools),
    officers: () => officersRight(a.officers, bundle.officers),
    result: () => drawn(bundle, found, progress),
  };
  for (const [part, test] of Object.entries(tests)) {
    try {
      found.set(part, await test());
    } catch {
      found.set(part, false); // what cannot even be read differs
    }
  }
  for (const part of ["result", "pairing"]) {
    const sealed = (await H(bundle?.[part] ?? null)) === bundle?.seals?.[part];
    if (!sealed && typeof found.get(part) !== "number") found.set(part, false);
  }
  return Object.keys(PARTS).filter((part) => found.has(part)).map((part) => finding(part, found.get(part)));
}

/** The same for the text of a bundle's file; what is no JSON is one finding. */
export async function runText(text, progress) {
  let bundle;
  try {
    bundle = JSON.parse(text);
  } catch {
    bundle = null;
  }
  const readable = bundle !== null && typeof bundle === "object" && !Array.isArray(bundle);
  return readable ? run(bundle, progress) : [finding("file", false)];
}

const finding = (part, right) => {
  const place = typeof right === "number" ? right : 0;
  return { part, name: PARTS[part], right: place ? false : right, place };
};

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
const H = async (value) => hex(await sha256(typeof value === "string" ? value : plain(value)));

/** The one JSON form that is hashed: keys sorted, no blanks. */
function plain(value) {
  if (Array.isArray(value)) return `[${value.map(plain).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${plain(value[key])}`);
  return `{${members.join(",")}}`;
}

/** Order of UTF-8 bytes, which is that of code points; JavaScript compares halves of signs, which differs above U+FFFF. */
function compare(one, other) {
  if (one === other) return 0;
  if (!/[\ud800-\udfff]/.test(one + other)) return one < other ? -1 : 1;
  const [left, right] = [Array.from(one), Array.from(other)];
  const place = left.findIndex((sign, n) => sign !== right[n]);
  if (place < 0) return -1;
  return (left[place]?.codePointAt(0) ?? -1) - (right[place]?.codePointAt(0) ?? -1);
}

const less = ([ticket, id], [other, another]) => (ticket === other ? compare(id, another) : ticket < other ? -1 : 1);
const RANKS = Array.from({ length: 1000 }, (_, last) => Number(String(last).padStart(3, "0").split("").reverse().join("")));

/** The smallest full tickets with their ids; what cannot be among them is put aside by its first three digits. */
async function smallest(ids, count, seed, hashed = () => {}) {
  const prefix = await H(seed);
  let kept = [];
  let highest = 999;
  for (let start = 0; count && start < ids.length; start += BATCH) {
    const some = ids.slice(start, start + BATCH);
    const digests = await Promise.all(some.map((id) => sha256(prefix + id)));
    digests.forEach((digest, n) => {
      const last = digest.reduce((left, byte) => (left * 256 + byte) % 1000, 0);
      if (RANKS[last] <= highest) kept.push([ticketOf(digest), some[n]]);
    });
    if (kept.length > 2 * count + 1000) {
      kept = kept.sort(less).slice(0, count);
      highest = Number(kept[count - 1][0].slice(2, 5));
    }
    hashed(some.length);
  }
  return kept.sort(less).slice(0, count);
}

const ticketOf = (digest) => `0.${BigInt(`0x${hex(digest)}`).toString().padStart(64, "0").split("").reverse().join("")}`;
const shown = (ticket) => ticket.slice(0, ticket.length - ticket.slice(2).replace(/^9+/, "").length + 18);

function sizeRight(s) {
  const [, whole, part = ""] = /^(\d+)(?:\.(\d+))?$/.exec(s.ratio);
  const unit = 10n ** BigInt(part.length);
  const share = (BigInt(whole + part) * BigInt(s.population) + unit - 1n) / unit;
  const needed = Math.min(s.population, Math.max(s.at_least, Number(share)));
  return needed <= s.size && s.size === (s.planned ?? needed) && s.size <= s.population;
}

async function poolsRight(strata, pools) {
  const seen = new Set();
  let all = 0;
  for (const [n, { key, ids }] of pools.entries()) {
    const { key: named, population, digest } = strata[n];
    const ordered = ids.every((id, place) => place === 0 || compare(ids[place - 1], id) < 0);
    if (!ordered || key !== named || ids.length !== population || (await H(`${ids.join("\n")}\n`)) !== digest) return false;
    if (pools.length > 1) ids.forEach((id) => seen.add(id));
    all += ids.length;
  }
  return pools.length === strata.length && (pools.length === 1 || seen.size === all);
}

async function officersRight(told, rows) {
  if (!told) return rows.length === 0;
  const numbers = rows.map((row) => row.number);
  const ordered = numbers.every((number, n) => n === 0 || compare(numbers[n - 1], number) < 0);
  const digest = await H(numbers.map((number) => `${number}\n`).join(""));
  return ordered && told.count === rows.length && told.digest === digest && told.facts === (await H(rows));
}

/** The result as it must be under a seed: each row takes the next ticket of its stratum. */
async function redrawn(bundle, seed, hashed) {
  const rows = bundle.result;
  const firsts = bundle.announcement.strata.flatMap(({ key, size }) => Array(size).fill(key));
  const first = firsts.every((key, n) => rows[n]?.as === "drawn" && rows[n].stratum === key);
  const later = rows.slice(firsts.length).map((row) => row.as);
  const kinds = later.every((kind, n) => kind === "reserve" || (kind === "added" && later[n - 1] !== "reserve"));
  if (!first || !kinds) return [];
  const order = new Map();
  for (const { key, ids } of bundle.pools) {
    const count = rows.filter((row) => row.stratum === key).length;
    order.set(key, (await smallest(ids, count, seed, hashed)).values());
  }
  const expected = [];
  for (const row of rows) {
    const [ticket, id] = order.get(row.stratum).next().value;
    const opens = row.opened && (await H(`${row.opened.nonce}|${row.opened.id}`)) === id;
    expected.push({ ...row, id, opened: opens ? row.opened : null, ticket: shown(ticket) });
  }
  return expected;
}

function objection(row, logged, load, terms) {
  if (!(row.valid_from <= terms.on && terms.on <= (row.valid_to ?? "9999"))) return "CERT_INVALID";
  if (row.grounds.length !== terms.items.length) return "NO_COMPETENCE";
  if (row.cap !== null && load >= row.cap && logged !== "ON_LEAVE") return "LOAD_CAP";
  return LOGGED.includes(logged) ? logged : null;
}

/** Every combination of `size` of a list, in the order of the list. */
function* combinations(list, size, start = 0) {
  if (size === 0) yield [];
  for (let n = start; n < list.length && size > 0; n += 1) {
    for (const rest of combinations(list, size - 1, n + 1)) yield [list[n], ...rest];
  }
}

function firstTeam(can, officers, terms) {
  if (can.length < terms.size + terms.spare) return [];
  for (const team of combinations(can, terms.size)) {
    const rows = team.map((number) => officers.get(number));
    const held = terms.specialities.every((each) => rows.some((row) => row.specialities.includes(each)));
    if (held && rows.some((row) => row.may_lead)) return team;
  }
  return [];
}

/** The pairing as it must be; leave and relations, which only the bureau knows, are taken from what it logged. */
async function repaired(bundle, seed) {
  const { terms } = bundle.announcement;
  const officers = new Map(bundle.officers.map((row) => [row.number, row]));
  const loads = new Map(bundle.officers.map((row) => [row.number, row.load]));
  const logged = new Map(bundle.pairing.map((row) => [row.id, new Map(row.passed.map((over) => [over.number, over.code]))]));
  const rows = [];
  for (const { id } of bundle.result.filter((row) => row.as !== "reserve")) {
    const order = await smallest([...officers.keys()], officers.size, `${seed}|${id}`);
    const tickets = new Map(order.map(([ticket, number]) => [number, ticket]));
    const why = (number) => objection(officers.get(number), logged.get(id)?.get(number), loads.get(number), terms);
    const codes = new Map([...officers.keys()].map((number) => [number, why(number)]));
    rows.push({ id, ...paired(officers, tickets, codes, terms) });
    rows.at(-1).team.forEach(({ number }) => loads.set(number, loads.get(number) + 1));
  }
  return rows;
}

function paired(officers, tickets, codes, terms) {
  const row = (number) => officers.get(number);
  let [walk, team, reach] = [[], [], 0];
  for (reach of [...new Set([...officers.values()].map((each) => each.reach))].sort((one, other) => one - other)) {
    walk = [...tickets.keys()].filter((number) => row(number).reach <= reach);
    team = firstTeam(walk.filter((number) => !codes.get(number)), officers, terms);
    if (team.length) break;
  }
  const last = team.length ? walk.indexOf(team.at(-1)) : walk.length;
  const lacks = (number) => terms.specialities.some((each) => !row(number).specialities.includes(each));
  const slot = (number) => (!team.length ? "NOT_ENOUGH" : lacks(number) ? "NO_SPECIALTY_SLOT" : "NO_LEAD_SLOT");
  const passed = walk
    .filter((number, n) => !team.includes(number) && (codes.get(number) || n < last))
    .map((number) => ({ code: codes.get(number) ?? slot(number), number }));
  const members = team.map((number) => ({ number, ticket: shown(tickets.get(number)) }));
  return { lead: team.find((number) => row(number).may_lead) ?? null, passed, reach, team: members };
}

/** Randomness, salt, seed and what follows from them; without the salt only that nobody is from elsewhere or twice. */
async function drawn(bundle, found, progress) {
  const { announcement: a, salt, result } = bundle;
  const [told, value] = [bundle.seed ?? "", bundle.randomness ?? ""];
  const other = told.slice(told.lastIndexOf("|") + 1);
  found.set("randomness", value ? value.startsWith(`${a.randomness.source}:${a.randomness.issue}:`) : null);
  if (salt === null) return nobodyTwice(bundle);
  const fits = [(await H(salt + a.draw_no)) === a.commitment, (await H(other + a.draw_no)) === a.commitment];
  found.set("commitment", fits[0] || fits[1]).set("salt", fits[0] || !fits[1]);
  const joined = [a.draw_no, value, found.get("salt") ? salt : other].join("|");
  const all = bundle.pools.reduce((sum, { ids }) => sum + ids.length, 0);
  const tries = [];
  for (const seed of new Set([joined, told])) {
    let done = 0;
    tries.push([seed, await redrawn(bundle, seed, (count) => progress((done += count), all))]);
  }
  const [seed, right] = tries.find(([, rows]) => plain(rows) === plain(result)) ?? tries[0];
  found.set("seed", told === joined || told === seed);
  found.set("randomness", found.get("randomness") && seed === joined);
  found.set("result", differs(result, right));
  found.set("pairing", differs(bundle.pairing ?? [], a.terms ? await repaired(bundle, seed) : []));
  return found.get("result");
}

function nobodyTwice({ result, pools }) {
  const ids = (result ?? []).map((row) => row.id);
  const known = new Set(pools.flatMap((pool) => (ids.length ? pool.ids : [])));
  return new Set(ids).size === ids.length && ids.every((id) => known.has(id)) ? null : false;
}

/** true, or the place from 1 of the first row that differs. */
function differs(told, right) {
  for (let n = 0; n < Math.max(told.length, right.length); n += 1) {
    if (plain(told[n] ?? null) !== plain(right[n] ?? null)) return n + 1;
  }
  return true;
}
