// The queue: batches in the order in which things were done, each with a key of its own by which the server knows it again.
import * as store from "./site-store.js";

const LARGE = 8 << 20;
const IDLE = 15000;
const AGAIN = 60000;
const HOURS = 8 * 3600000; // China's clock
const KINDS = { begin: "开始检查", lines: "检查表", evidence: "照片、录音录像", order: "责令改正", sign: "笔录签名", result: "检查结果", broken: "未能实施" };
const ONCE = ["begin", "order", "sign", "result", "broken"];

export const status = { state: "busy", waiting: 0, refused: 0, others: [] };
const watchers = [];
export const watch = (deed) => watchers.push(deed);
let me = { officer: 0, name: "" };
let offset = null;
let token = "";
let running = null;
let timer = 0;
let login = false;
let away = false;

export const label = (kind) => KINDS[kind] || kind;
export const stamp = () => new Date(Date.now() + (offset || 0)); // what the server's clock shows, as far as the device knows
export const minute = (at) => new Date(at.getTime() + HOURS).toISOString().slice(0, 16);
export const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
export const digest = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
const own = (item) => item.officer === me.officer;
const open = (item) => item.state === "waiting" || item.state === "refused";

export async function begin(officer, name) {
  me = { officer, name };
  offset = (await store.get("meta", "offset"))?.value ?? null;
  await look();
}

export async function batches(visit) {
  const rows = (await store.all("queue")).filter((item) => own(item) && (!visit || item.visit === visit));
  return rows.sort((one, two) => one.n - two.n);
}

// Count what waits, for the bar and for whoever wants to log out; tell whoever draws it.
async function look() {
  const rows = await store.all("queue");
  const dirty = (await store.all("drafts")).filter((one) => one.dirty && own(one)).length;
  const mine = rows.filter(own);
  status.waiting = mine.filter((item) => item.state === "waiting").length + dirty;
  status.refused = mine.filter((item) => item.state === "refused").length;
  status.others = [...new Set(rows.filter((item) => !own(item) && open(item)).map((item) => item.name))];
  const unsafe = rows.filter((item) => item.state === "refused" && !item.held || (!own(item) && item.state === "waiting"));
  if (!running) status.state = state();
  localStorage.setItem("laojian-site-waiting", String(status.waiting + unsafe.length));
  await Promise.all(watchers.map((deed) => deed()));
}

function state() {
  if (login) return "login";
  if (!navigator.onLine || away) return "offline";
  if (status.waiting) return "waiting";
  return status.refused ? "refused" : "clean";
}

function row(visit, kind, given, files, n) {
  const one = { key: crypto.randomUUID(), n, visit: visit.id, send: visit.send, upload: visit.upload, kind, given, files };
  return { ...one, officer: me.officer, name: me.name, state: "waiting", told_at: new Date().toISOString(), offset, answer: null };
}

// Put a deed into the queue; lines filled in before it go before it. What is done once puts an earlier refused telling aside.
export async function enqueue(visit, kind, given, files = []) {
  const before = await batches();
  const rows = kind === "evidence" ? [] : await lineRows(visit.id, next(before));
  const one = row(visit, kind, given, files, next([...before, ...rows.map(([, item]) => item)]));
  const aside = before.filter((item) => item.visit === visit.id && item.kind === kind && item.state === "refused" && ONCE.includes(kind));
  await store.write([...rows, ["queue", one], ...aside.map((item) => ["queue", { ...item, state: "aside" }])]);
  later(kind === "evidence" ? IDLE : 500);
  await look();
  return one;
}

const next = (rows) => Math.max(Date.now(), ...rows.map((item) => (item.n || 0) + 1));

// The lines that can be told, as one batch a visit, and their drafts marked as told: for one transaction.
async function lineRows(visit, n) {
  const drafts = (await store.all("drafts")).filter((one) => one.line && own(one) && one.dirty && (!visit || one.visit === visit));
  const ripe = drafts.filter((one) => (one.outcome === "problem" ? one.note.trim() : one.outcome || one.photos.length));
  const rows = [];
  for (const id of new Set(ripe.map((one) => one.visit))) {
    const part = ripe.filter((one) => one.visit === id);
    const lines = part.map((one) => ({
      item: one.item, line: one.line, outcome: one.outcome || "open", note: one.note, at: one.at, photos: one.photos.map((shot) => shot.key),
    }));
    const batch = row({ id, send: part[0].send, upload: part[0].upload }, "lines", { lines }, [], n + rows.length);
    rows.push(["queue", batch], ...part.map((one) => ["drafts", { ...one, dirty: false, sent: batch.key }, true]));
  }
  return rows;
}

export async function draft(value) {
  await store.write([["drafts", { ...value, officer: me.officer }]]);
  later(IDLE);
  await look();
}

export function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => status.waiting + status.refused && sync(), wait);
}

export function sync() {
  running ||= run().finally(async () => {
    running = null;
    await look();
    if (status.waiting) later(AGAIN);
  });
  return running;
}

async function run() {
  status.state = "busy";
  await Promise.all(watchers.map((deed) => deed()));
  try {
    await greet();
    await store.write(await lineRows(0, next(await batches())));
    for (const item of (await batches()).filter(open)) await settle(item);
    for (const deed of fresh) await deed();
  } catch (wrong) {
    if (!(wrong instanceof TypeError) && wrong.name !== "Away") throw wrong; // a fetch that finds no network is a TypeError
    away = true;
  }
}

const fresh = [];
export const whenFresh = (deed) => fresh.push(deed);

class Away extends Error {
  name = "Away";
}

// Who is logged in, the server's clock, and the token; throws where there is no network or no login.
export async function greet() {
  if (!navigator.onLine) throw new Away();
  const sent = Date.now();
  const answer = await fetch("/site/hello", { redirect: "manual", cache: "no-store" });
  login = answer.type === "opaqueredirect";
  if (!answer.ok) throw new Away();
  const told = await answer.json();
  login = told.officer !== me.officer;
  if (login) throw new Away();
  token = told.token;
  away = false;
  offset = Math.round(told.now - (sent + Date.now()) / 2);
  await store.write([["meta", { id: "offset", value: offset }]]);
  return told;
}

export async function post(url, body) {
  const answer = await fetch(url, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" } });
  login = answer.type === "opaqueredirect" || answer.status === 403;
  if (login || answer.status >= 500) throw new Away();
  return answer.json();
}

// Send one batch and keep its answer. A repeat of what was taken before gets the same answer.
async function settle(item) {
  const body = new FormData();
  const told = { key: item.key, kind: item.kind, given: JSON.stringify(item.given), device: await store.device(), told_at: item.told_at };
  for (const [name, value] of Object.entries(told)) body.append(name, value);
  if (item.offset !== null) body.append("offset", item.offset);
  const large = item.files.find((file) => file.size > LARGE);
  if (large) for (const [name, value] of Object.entries(await inPieces(item, large))) body.append(name, value);
  else if (!item.held) item.files.forEach((file) => body.append("file", file, file.name || "签名.png"));
  const answer = await post(item.send, body);
  if (answer.again) throw new Away();
  const done = { ...item, state: answer.ok ? "done" : "refused", answer, held: Boolean(answer.kept) };
  await store.write([["queue", answer.ok ? { ...done, files: [] } : done]]);
}

// A large file goes in pieces that survive a lost network; what the server has of it already is not sent again.
async function inPieces(item, file) {
  const about = new FormData();
  for (const [name, value] of Object.entries({ name: file.name, size: file.size, modified: file.lastModified })) about.append(name, value);
  const begun = await post(item.upload, about);
  if (!begun.ok) throw new Away();
  const digests = begun.digests.slice();
  for (let at = begun.received; at < file.size; at += begun.piece) {
    const bytes = await file.slice(at, at + begun.piece).arrayBuffer();
    digests.push(await digest(bytes));
    const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest", "X-Digest": digests.at(-1) };
    const answer = await fetch(begun.url + "?at=" + at, { method: "PUT", body: bytes, redirect: "manual", headers });
    if (!answer.ok) throw new Away();
  }
  const whole = new Uint8Array(digests.join("").match(/../g).map((one) => parseInt(one, 16)));
  return { upload: begun.url.match(/\d+/)[0], whole: await digest(whole) };
}

window.addEventListener("online", () => sync());
window.addEventListener("offline", () => look());
