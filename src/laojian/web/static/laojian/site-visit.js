// One visit: what was told at its beginning, its lines, its order, its record and results. Everything typed is kept at once.
import * as store from "./site-store.js";
import * as queue from "./site-sync.js";
import { ask, image } from "./site-glass.js";
import { sheet, small } from "./site-picture.js";
import { findings, reading } from "./site-record.js";

const BEGUN = ["on_visit", "visit_recorded", "visit_ended", "visit_public", "visit_closed"];
const SIGNED = BEGUN.slice(1);
const ENDED = BEGUN.slice(2);
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const facts = () => JSON.parse($("#visit").textContent);
const today = () => queue.minute(queue.stamp()).slice(0, 10);
let sign = null;
let mine = [];
let drafts = new Map();
let say = () => {};

export async function visit(tell) {
  say = tell;
  await read();
  wireForms();
  $$("[data-line]").forEach(wireLine);
  $$("[data-take]").forEach(wireCamera);
  wireRecord();
  queue.watch(async () => {
    await read();
    draw();
  });
  draw();
}

async function read() {
  const id = facts().id;
  mine = (await queue.batches(id)).filter((item) => item.state !== "aside");
  const kept = (await store.all("drafts")).filter((one) => one.visit === id);
  const typed = (one) => (drafts.get(one.id)?.at > one.at ? drafts.get(one.id) : one); // it is on its way to the disk
  drafts = new Map(kept.map((one) => [one.id, typed(one)]));
  sign ??= drafts.get(`sign|${id}`) || { id: `sign|${id}`, visit: id, strokes: {}, comment: "没有异议。", more: "", read: false, refusing: false, refused: "", witness: "" };
}

const did = (kind) => mine.find((item) => item.kind === kind && item.state !== "refused");
const told = (kind) => mine.findLast((item) => item.kind === kind);

function draw() {
  const { state } = facts();
  const begun = BEGUN.includes(state) || did("begin") || did("broken");
  const signed = SIGNED.includes(state) || did("sign") || did("broken");
  const ended = ENDED.includes(state) || did("result");
  const lines = $$("[data-line]").map(drawLine);
  const bad = lines.some((one) => one.outcome === "problem");
  const shown = {
    begin: !begun, check: begun && !ended && !did("broken"), order: begun && !ended && bad && !did("order"), sign: begun && !signed,
    result: signed && !ended, done: ended,
  };
  $$("[data-phase]").forEach((part) => (part.hidden = !shown[part.dataset.phase]));
  $(".thumb").hidden = !shown.sign;
  const certs = $("[data-until]");
  if (begun && certs.open && !certs.dataset.closed) [certs.open, certs.dataset.closed] = [false, "yes"];
  const left = lines.filter((one) => !whole(one)).length;
  $("[data-progress]").textContent = `${lines.length - left}/${lines.length}`;
  drawTags({ begun: begun && !BEGUN.includes(state), signed: signed && !SIGNED.includes(state), ended: ended && !ENDED.includes(state) });
  if (shown.sign) drawRecord(lines, left);
  if (shown.order) drawOrder(lines);
}

// What was done here and the server does not know yet is told as such.
function drawTags({ begun, signed, ended }) {
  const [state, notice] = [$("[data-state-tag]"), $("[data-notice-tag]")];
  const here = ended ? "结果已登记" : signed ? "笔录已签名" : begun ? "检查中" : "";
  if (here) state.textContent = `${here}（存在本机）`;
  if (begun && notice) [notice.textContent, notice.className] = ["通知书已出示", "badge green"];
}

const whole = (one) => (one.outcome === "problem" ? one.note.trim() !== "" : ["ok", "not_applicable"].includes(one.outcome));

// ── forms that are sent once ──

let busy = false;

// A second press while the first is being kept is no second deed.
async function once(deed) {
  if (busy) return;
  busy = true;
  try {
    await deed();
  } finally {
    busy = false;
  }
}

function wireForms() {
  const deeds = {
    begin: (data) => ({ ...data, began_at: queue.minute(queue.stamp()), shown: true, handed: Boolean(data.handed) }),
    order: (data) => ({ ...data, length: Number(data.length), number: Number(data.number) || "" }),
    result: (data, form) => ({ codes: new FormData(form).getAll("codes"), note: data.note, ended_on: today() }),
  };
  $$("[data-form]").forEach((form) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy) return;
      const kind = form.dataset.form;
      const given = deeds[kind](Object.fromEntries(new FormData(form)), form);
      if (kind === "result" && !given.codes.length) return say("请先选检查结果。");
      await once(() => queue.enqueue(facts(), kind, given));
      if (given.number) await use(given.number);
      say("");
      window.scrollTo({ top: 0 });
    });
  });
  $("[data-broken]").addEventListener("click", async () => {
    const [why, tried] = [$("#w-why").value, $("#w-tried").value.trim()];
    if (!tried) return say("请写明经过和证据。");
    await once(() => queue.enqueue(facts(), "broken", { why, tried }));
  });
}

// A number that was written on an order is not offered again, whether or not the order has been sent.
async function use(id) {
  const held = (await store.get("meta", "numbers"))?.value || [];
  await store.write([["meta", { id: "numbers", value: held.filter((each) => each.id !== id) }]]);
}

async function drawOrder(lines) {
  const form = $("[data-form=order]");
  const bad = lines.filter((one) => one.outcome === "problem");
  const fill = (name, text) => {
    const field = form.elements[name];
    if (!field.value || field.value === field.dataset.made) field.value = field.dataset.made = text;
  };
  fill("facts", bad.map((one) => one.note.trim()).filter(Boolean).join("\n"));
  fill("violated", [...new Set(bad.map((one) => one.cite))].join("、"));
  const held = (await store.get("meta", "numbers"))?.value || [];
  const select = form.elements.number;
  const known = [...select.options].map((one) => one.value).slice(1);
  if (known.join() === held.map((each) => String(each.id)).join()) return;
  while (select.options.length > 1) select.remove(1);
  held.forEach((each) => select.add(new Option(each.text, each.id)));
  if (held.length) select.value = held[0].id;
}

// ── the checklist ──

const lineId = (article) => `line|${facts().id}|${article.dataset.line}`;

function begunDraft(article) {
  const { id, send, upload } = facts();
  const known = $(".known", article).dataset;
  const base = { id: lineId(article), visit: id, send, upload, item: article.dataset.item, line: article.dataset.key, photos: [] };
  return drafts.get(base.id) || { ...base, outcome: known.outcome || "", note: known.note || "" };
}

// A line as it stands: what was filled in here and not yet answered, else what the server has.
function standing(article) {
  const known = $(".known", article).dataset;
  const one = drafts.get(lineId(article));
  const batch = one?.sent && mine.find((item) => item.key === one.sent);
  if (one && (one.dirty || (batch && batch.state !== "done"))) return one;
  return { outcome: known.outcome === "open" ? "" : known.outcome || "", note: known.note || "", photos: one?.photos || [] };
}

function drawLine(article) {
  const one = standing(article);
  $$("input[type=radio]", article).forEach((radio) => (radio.checked = radio.value === one.outcome));
  article.dataset.answer = one.outcome;
  article.classList.toggle("noted", Boolean(one.note) || one.photos.length > 0);
  const note = $("textarea", article);
  if (note !== document.activeElement) note.value = one.note;
  $("[data-need]", article).hidden = !(one.outcome === "problem" && !one.note.trim());
  drawShots($("[data-shots]", article), one.photos);
  const { label, text, cite, item, key } = article.dataset;
  return { label, text, cite, item, line: key, outcome: one.outcome, note: one.note, photos: one.photos };
}

function drawShots(place, photos) {
  const states = photos.map((shot) => mine.find((item) => item.key === shot.key)?.state || "done");
  const stamp = states.join() + photos.map((shot) => shot.key).join();
  if (place.dataset.drawn === stamp) return;
  place.dataset.drawn = stamp;
  place.replaceChildren(
    ...photos.map((shot, nth) => {
      const [item, figure, text] = ["li", "figure", "figcaption"].map((tag) => document.createElement(tag));
      if (shot.thumb) {
        const picture = document.createElement("img");
        [picture.src, picture.alt] = [shot.thumb, shot.name];
        figure.append(picture);
      } else figure.append(shot.name.slice(-12));
      text.textContent = { waiting: "✓ 已存本机", refused: "⚠ 未收", done: "✓ 已入卷" }[states[nth]];
      figure.append(text);
      item.append(figure);
      return item;
    }),
  );
}

async function change(article, told) {
  const one = { ...begunDraft(article), ...told, dirty: true, at: queue.stamp().toISOString() };
  drafts.set(one.id, one);
  await queue.draft(one);
}

function wireLine(article) {
  article.addEventListener("change", (event) => {
    if (event.target.type === "radio") change(article, { outcome: event.target.value });
  });
  $("textarea", article).addEventListener("input", (event) => change(article, { note: event.target.value }));
}

function wireCamera(field) {
  field.addEventListener("change", async () => {
    const files = [...field.files];
    field.value = "";
    const sort = (file) => (field.accept === "image/*" ? "照片" : file.type.startsWith("video/") ? "录像" : "录音");
    for (const file of files) await kept(file, sort(file), field.closest("[data-line]"));
  });
}

// A photograph or recording: its bytes are in the queue before anything else, then bound to its line.
async function kept(file, sort, article) {
  const about = article ? article.dataset.text : "检查全过程";
  const sum = file.size > 64 << 20 ? "" : `，SHA-256 ${await queue.digest(await file.arrayBuffer())}`;
  const given = { title: `${about.slice(0, 60)} ${sort}`, proves: about.slice(0, 200), collected_on: today(), extraction: `手机原始文件，设备时间 ${queue.minute(new Date())}${sum}` };
  const batch = await queue.enqueue(facts(), "evidence", given, [file]);
  if (!article) return say(`${sort}已存本机。`);
  const shot = { key: batch.key, name: file.name, thumb: sort === "照片" ? await small(file) : "" };
  await change(article, { photos: [...begunDraft(article).photos, shot] });
}

// ── the record: read, signed by all, sealed ──

function wireRecord() {
  const part = $("#record");
  for (const name of ["comment", "more", "refused", "witness"]) {
    const field = $(`[name=${name}]`, part);
    field.value = sign[name];
    field.addEventListener("input", () => remember({ [name]: field.value }));
  }
  for (const name of ["read", "refusing"]) {
    const box = $(`[name=${name}]`, part);
    box.checked = sign[name];
    box.addEventListener("change", () => remember({ [name]: box.checked }));
  }
  $("[data-seal]").addEventListener("click", () => once(seal));
}

async function remember(told) {
  sign = { ...sign, ...told };
  await queue.draft(sign);
}

function begunAs() {
  const given = told("begin")?.given || {};
  const page = facts();
  const began = page.began_at ? queue.minute(new Date(page.began_at)) : given.began_at || queue.minute(queue.stamp());
  return { ...page, began, place: page.began_at ? page.place : given.place || page.place, present: page.present || given.present || "", present_post: page.present_post || given.present_post || "" };
}

function recorded(lines) {
  const page = begunAs();
  const shots = lines.flatMap((one) => one.photos.map((shot) => `“${one.text}”${shot.name}`));
  return {
    ended_at: sign.ended || queue.minute(queue.stamp()), present: page.present, present_post: page.present_post, content: page.content,
    found: [findings(lines), sign.more.trim()].filter(Boolean).join("\n"), taken: shots.length ? `照片、录音录像 ${shots.length} 件：${shots.join("；")}。` : "",
    comment: sign.refusing ? "" : sign.comment.trim(), recorder: page.name,
  };
}

function signers(page) {
  const hands = page.hands.map((one) => ({ key: one.name, title: `检查人 ${one.name}` }));
  const other = sign.refusing
    ? { key: "witness", title: `见证人 ${sign.witness}`, note: `在场人拒签：${sign.refused}` }
    : { key: "present", title: `在场人 ${page.present}${page.present_post ? "（" + page.present_post + "）" : ""}` };
  return [other, ...hands];
}

// What was signed is what stands there: when the text is another, the names under it are void and asked for anew.
function drawRecord(lines, left) {
  const [part, page, given] = [$("#record"), begunAs(), recorded(lines)];
  const text = reading(page, given);
  if (sign.text && sign.text !== text) {
    say("笔录内容有改动，先前的签名作废，请重新宣读、签名。");
    remember({ strokes: {}, text: "", ended: "", read: false });
    $("[name=read]", part).checked = false;
    return;
  }
  const told = $("[data-left]", part);
  told.hidden = !left;
  told.textContent = `检查表还有 ${left} 条没有填完，填完才能封存。`;
  if ($("[data-reading]").textContent !== text) $("[data-reading]").textContent = text;
  $("[data-refusing]").hidden = !sign.refusing;
  const people = signers(page);
  drawSigners(people, text, given.ended_at, left);
  const ready = !left && sign.read && people.every((one) => sign.strokes[one.key]?.length) && (!sign.refusing || (sign.refused.trim() && sign.witness.trim()));
  $("[data-seal]").disabled = !ready;
}

function drawSigners(people, text, ended, left) {
  const place = $("[data-signers]");
  const stamp = JSON.stringify([people, sign.strokes, left, text.length]);
  if (place.dataset.drawn === stamp) return;
  place.dataset.drawn = stamp;
  place.replaceChildren(
    ...people.map((one) => {
      const [item, button] = [document.createElement("li"), document.createElement("button")];
      const strokes = sign.strokes[one.key] || [];
      button.type = "button";
      button.disabled = left > 0;
      button.setAttribute("aria-label", `${one.title} 签名`);
      if (strokes.length) {
        const picture = document.createElement("img");
        [picture.src, picture.alt] = [image(strokes), "已签名"];
        button.dataset.signed = "yes";
        button.append(picture);
      }
      button.append(strokes.length ? `✓ ${one.title} 已签` : `${one.title} · 点此签名`);
      button.addEventListener("click", () => signed(one, text, ended));
      item.append(button);
      return item;
    }),
  );
}

async function signed(one, text, ended) {
  const keep = (lines) => {
    const strokes = { ...sign.strokes, [one.key]: lines };
    const any = Object.values(strokes).some((each) => each.length);
    return remember({ strokes, text: any ? text : "", ended: any ? ended : "" });
  };
  const before = sign.strokes[one.key] || [];
  const lines = await ask($("dialog.glass"), `${one.title}，请签名`, before, keep);
  await keep(lines || before);
}

async function seal() {
  say("正在封存，请稍候…");
  const page = begunAs();
  const lines = $$("[data-line]").map(drawLine);
  const given = recorded(lines);
  const text = reading(page, given);
  const sum = await queue.digest(new TextEncoder().encode(text));
  const people = signers(page).map((one) => ({ ...one, strokes: sign.strokes[one.key] }));
  const glass = await sheet(text, sum, people);
  const refusal = sign.refusing ? { refused: sign.refused.trim(), witness: sign.witness.trim() } : {};
  const read = lines.map(({ item, line, outcome }) => ({ item, line, outcome }));
  await queue.enqueue(facts(), "sign", { ...given, ...refusal, read, text_digest: sum }, [new File([glass], "检查笔录签名件.png", { type: "image/png" })]);
  say("笔录已签名，存在本机；同步以后入卷。");
  window.scrollTo({ top: 0 });
}
