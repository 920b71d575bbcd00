// Sends evidence file by file, with progress: a small one whole, a large one in pieces that go on where a lost connection or a
// closed browser cut them off. Without this file the form is sent whole. Also: dropping files on the form.
const LARGE = 8 << 20;
const PATIENCE = [1, 2, 5, 10, 20];
const DAMAGED = 5;

function line(list, name) {
  const item = document.createElement("li");
  const label = document.createElement("span");
  const bar = document.createElement("progress");
  const text = document.createElement("span");
  label.textContent = name;
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", name + " 上传进度");
  text.className = "soft";
  item.append(label, bar, text);
  list.append(item);
  return { item, label, bar, text };
}

function settle(row, answer) {
  const badge = document.createElement("span");
  badge.className = "badge " + (answer.ok ? "green" : "amber");
  badge.textContent = answer.ok ? "✓ 已收" : "⚠ 未收";
  row.bar.remove();
  row.item.prepend(badge, " ");
  row.text.textContent = " " + answer.text;
  if (!answer.url) return;
  const link = document.createElement("a");
  link.href = answer.url;
  link.textContent = row.label.textContent;
  row.label.replaceWith(link);
}

function read(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    if (request.status === 413) return { ok: false, text: "文件太大，请拆分或压缩后再传。" };
    return { ok: false, text: "服务器没有收下（" + request.status + "），请稍后重传这一个文件。" };
  }
}

function send(form, field, file, list) {
  const row = line(list, file.name);
  const data = new FormData(form);
  data.delete(field.name);
  data.append(field.name, file);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) row.bar.value = Math.round((event.loaded / event.total) * 100);
    });
    const finish = (answer) => {
      settle(row, answer);
      done(answer.ok);
    };
    request.addEventListener("load", () => finish(read(request)));
    request.addEventListener("error", () => finish({ ok: false, text: "网络中断，没有保存，请重传这一个文件。" }));
    request.send(data);
  });
}

const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
const digest = async (bytes) => hex(await crypto.subtle.digest("SHA-256", bytes));
const pause = (seconds) =>
  new Promise((done) => {
    const timer = setTimeout(done, seconds * 1000);
    window.addEventListener("online", () => (clearTimeout(timer), done()), { once: true });
  });

function megabytes(bytes) {
  return (bytes / 1048576).toFixed(1) + " MB";
}

// One request; a login that has ended sends us elsewhere, which is no answer of ours.
async function ask(form, url, method, body, headers) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(url, {
    method,
    body,
    redirect: "manual",
    headers: { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest", ...headers },
  });
  if (answer.type === "opaqueredirect" || answer.status === 403)
    return { status: 403, text: "登录已经过期。请重新登录，再选同一个文件，从断开的地方接着传。" };
  if (answer.status >= 500) throw new Error(String(answer.status));
  try {
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return { status: answer.status, text: "服务器没有收下（" + answer.status + "），请重新选择这个文件。" };
  }
}

// Until the network and the server answer; says meanwhile that it waits.
async function patiently(row, deed) {
  for (let times = 0; ; times++) {
    try {
      return await deed();
    } catch (wrong) {
      if (wrong instanceof DOMException && wrong.name === "NotReadableError") throw wrong;
      row.text.textContent = " 网络中断，已收到的不会丢，恢复后自动接着传…";
      await pause(PATIENCE[Math.min(times, PATIENCE.length - 1)]);
    }
  }
}

// The digests of what is already there; null when it is another file than the one begun.
async function known(file, begun) {
  for (const [nth, one] of begun.digests.entries()) {
    const piece = file.slice(nth * begun.piece, (nth + 1) * begun.piece);
    if ((await digest(await piece.arrayBuffer())) !== one) return null;
  }
  return begun.digests;
}

async function begin(form, file, row) {
  const about = new FormData();
  about.append("name", file.name);
  about.append("size", file.size);
  about.append("modified", file.lastModified);
  for (;;) {
    const begun = await patiently(row, () => ask(form, form.dataset.upload, "POST", about));
    if (!begun.ok) return begun;
    if (begun.received) row.text.textContent = " 上次已收 " + megabytes(begun.received) + "，正在核对…";
    begun.digests = await known(file, begun);
    if (begun.digests) return begun;
    await patiently(row, () => ask(form, begun.drop, "POST", new FormData()));
  }
}

async function pieces(form, file, row, begun) {
  let at = begun.received;
  let damaged = 0;
  while (at < file.size) {
    row.bar.value = Math.round((at / file.size) * 100);
    row.text.textContent = " 已收 " + megabytes(at) + "，共 " + megabytes(file.size);
    const bytes = await file.slice(at, at + begun.piece).arrayBuffer();
    const sum = await digest(bytes);
    const answer = await patiently(row, () => ask(form, begun.url + "?at=" + at, "PUT", bytes, { "X-Digest": sum }));
    if (answer.received === at + bytes.byteLength) {
      begun.digests.push(sum);
      at = answer.received;
    } else if (answer.received === undefined) {
      return answer;
    } else if (answer.received !== at || ++damaged > DAMAGED) {
      return { again: true };
    }
  }
  return { ok: true };
}

async function sendLarge(form, field, file, list) {
  const row = line(list, file.name);
  let answer;
  try {
    let begun;
    do {
      begun = await begin(form, file, row);
      answer = begun.ok ? await pieces(form, file, row, begun) : begun;
    } while (answer.again);
    if (answer.ok) {
      row.bar.value = 100;
      row.text.textContent = " 已全部收到，正在核对入卷…";
      const all = new Uint8Array(begun.digests.join("").match(/../g).map((one) => parseInt(one, 16)));
      const about = new FormData(form);
      about.delete(field.name);
      about.append("whole", await digest(all));
      answer = await patiently(row, () => ask(form, begun.finish, "POST", about));
    }
  } catch {
    answer = { ok: false, text: "这个文件读不出来了，请重新选择。" };
  }
  settle(row, { ok: false, ...answer });
}

document.querySelectorAll("form[data-upload]").forEach((form) => {
  const field = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  const button = form.querySelector("button[type=submit]");
  const list = form.parentElement.querySelector(".upload-results ul");
  form.addEventListener("submit", async (event) => {
    if (!field.files.length) return;
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    const inPieces = (file) => file.size > LARGE && form.dataset.upload && window.crypto && crypto.subtle;
    for (const file of [...field.files]) await (inPieces(file) ? sendLarge : send)(form, field, file, list);
    field.value = "";
    button.disabled = false;
  });
  ["dragover", "dragleave", "drop"].forEach((name) => {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop") field.files = event.dataTransfer.files;
    });
  });
});
