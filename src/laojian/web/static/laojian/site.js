// The phone on the spot: the bar that tells what waits, the pages kept for where there is no network, the numbers given out ahead.
import * as store from "./site-store.js";
import * as queue from "./site-sync.js";
import { visit } from "./site-visit.js";

const PAGES = "laojian-site-pages";
const SAID = {
  busy: () => "正在同步…",
  offline: (waiting) => (waiting ? `离线 · ${waiting} 项待同步` : "离线"),
  login: (waiting) => `请重新登录 · ${waiting} 项待同步`,
  waiting: (waiting) => `${waiting} 项待同步`,
  refused: (_, refused) => `⚠ ${refused} 项未收`,
  clean: () => "✓ 已同步",
};
const $ = (selector, within = document) => within.querySelector(selector);
const day = $("#day");
const page = day ? day.dataset : JSON.parse($("#visit").textContent);

function bar() {
  const button = $("[data-sync]");
  const { state, waiting, refused, others } = queue.status;
  const text = SAID[state](waiting + refused, refused);
  button.dataset.state = state;
  if ($("[data-sync-text]").textContent !== text) $("[data-sync-text]").textContent = text;
  if (others.length) say(`本机还有${others.join("、")}没有同步的内容，须由本人登录后同步。`);
}

export function say(text) {
  const told = $("[data-told]");
  told.textContent = text;
  told.hidden = !text;
}

function clock(iso) {
  return queue.minute(new Date(iso)).slice(11);
}

function button(text, deed) {
  const one = document.createElement("button");
  [one.type, one.className, one.textContent] = ["button", "button", text];
  one.addEventListener("click", deed);
  return one;
}

// What this device holds: what waits, what was refused and why, what was set aside. Nothing disappears without the officer.
async function list() {
  const rows = (await queue.batches(day ? 0 : page.id)).filter((item) => item.state !== "done" || !day);
  const place = $("[data-queue]");
  const told = document.createElement("ul");
  told.className = "plain queue";
  for (const item of rows.reverse()) {
    const line = document.createElement("li");
    const head = document.createElement("b");
    head.textContent = `${queue.label(item.kind)} · ${clock(item.told_at)}（设备时间）`;
    line.append(head);
    const words = { waiting: "○ 存在本机，待同步", refused: "⚠ 没有收，仍存在本机", done: "✓ " + (item.answer?.text || "已收到"), aside: "另行重做，不再发送" };
    line.append(document.createTextNode(words[item.state]));
    for (const reason of item.state === "done" ? [] : item.answer?.reasons || []) {
      const why = document.createElement("span");
      why.textContent = reason.text + (reason.cite ? `（${reason.cite}）` : "");
      line.append(why);
    }
    if (item.state === "refused") line.append(button("另行重做，这一批不再发送", () => aside(item)));
    told.append(line);
  }
  const none = document.createElement("p");
  [none.className, none.textContent] = ["soft", "没有待同步的。"];
  place.replaceChildren(rows.length ? told : none);
}

async function aside(item) {
  await store.write([["queue", { ...item, state: "aside" }]]);
  await queue.begin(page.officer * 1, page.name);
}

// ── pages for where there is no network ──

async function keepPages() {
  if (!window.caches) return;
  const cache = await caches.open(PAGES);
  const wanted = [location.pathname, ...[...document.querySelectorAll("[data-visit]")].map((link) => new URL(link.href).pathname)];
  for (const url of wanted) {
    const answer = await fetch(url, { redirect: "manual" });
    if (answer.ok) await cache.put(url, answer);
    else if (answer.status === 404) await cache.delete(url);
  }
  if (!day) return;
  const ids = wanted.slice(1).map((url) => Number(url.split("/").pop()));
  const over = (await store.all("drafts")).filter((one) => !one.dirty && one.visit && !ids.includes(one.visit));
  await store.write([], over.map((one) => ["drafts", one.id]));
  for (const kept of await cache.keys()) if (!wanted.includes(new URL(kept.url).pathname)) await cache.delete(kept);
}

// Another officer at this device, or another day: what was kept of visits goes; what was not sent stays until its officer sends it.
async function forget() {
  const last = await store.get("meta", "officer");
  const drafts = await store.all("drafts");
  const sent = (await store.all("queue")).filter((item) => item.state === "done" || item.state === "aside");
  const old = Date.now() - 2 * 86400000;
  const gone = [
    ...drafts.filter((one) => !one.dirty && one.officer !== page.officer * 1).map((one) => ["drafts", one.id]),
    ...sent.filter((item) => item.officer !== page.officer * 1 || item.n < old).map((item) => ["queue", item.key]),
  ];
  if (last && last.value !== page.officer * 1 && window.caches) await caches.delete(PAGES);
  await store.write([["meta", { id: "officer", value: page.officer * 1 }]], gone);
}

// The parts of the page that the server tells, as it tells them now; what is being typed stays.
async function refresh() {
  const answer = await fetch(location.pathname, { redirect: "manual" });
  if (!answer.ok) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const newer = now.getElementById(part.id);
    if (newer) part.replaceWith(document.adoptNode(newer));
  }
}

// ── numbers given out ahead ──

async function showNumbers() {
  const held = (await store.get("meta", "numbers"))?.value || [];
  const place = $("[data-numbers]");
  if (!place) return;
  place.replaceChildren(
    ...(held.length ? held : [{ text: "本机没有未用的号" }]).map((each) => {
      const one = document.createElement("li");
      one.textContent = each.text;
      return one;
    }),
  );
}

async function numbers(about) {
  try {
    await queue.greet();
    const device = await store.device();
    const body = new FormData();
    for (const [name, value] of Object.entries({ device, ...about })) body.append(name, value);
    const told = await queue.post("/site/numbers", body);
    say(told.ok ? "" : told.reasons.map((one) => one.text).join("；"));
    if (told.ok && body.get("device") === device) await store.write([["meta", { id: "numbers", value: told.numbers }]]);
    await showNumbers();
    await refresh();
  } catch {
    say("没有连上服务器，领号、交回须有网络。");
  }
}

// What was not sent would be cleared with the login: first it is sent.
function wireLeave() {
  $("form[data-leave]").addEventListener("submit", (event) => {
    if (Number(localStorage.getItem("laojian-site-waiting"))) {
      event.preventDefault();
      say("本机还有没有同步的内容：先同步，再退出。");
      window.scrollTo({ top: 0 });
    }
  });
}

function wireNumbers() {
  wireLeave();
  $("[data-allot]").addEventListener("click", (event) => numbers({ count: event.target.dataset.allot }));
  $("[data-giveback]").addEventListener("submit", (event) => {
    event.preventDefault();
    numbers({ reason: new FormData(event.target).get("reason") });
  });
  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-void]");
    if (one) numbers({ device: one.dataset.void, reason: "设备遗失、停用" });
  });
  return showNumbers();
}

async function start() {
  queue.watch(bar);
  queue.watch(list);
  await forget();
  await queue.begin(page.officer * 1, page.name);
  if (day) await wireNumbers();
  else await visit(say);
  $("[data-sync]").addEventListener("click", () => queue.sync());
  if ("serviceWorker" in navigator) await navigator.serviceWorker.register("/site/worker.js", { scope: "/site" }).catch(() => {});
  queue.whenFresh(refresh);
  if (navigator.onLine) {
    await queue.sync();
    await keepPages().catch(() => {}); // the network went away again
  }
  document.documentElement.dataset.ready = "yes";
  if (location.hash === "#leave") say("本机还有没有同步的内容：先同步，再退出。");
}

start();
