// Sends evidence file by file, with progress; without this file the form is sent whole. Also: dropping files on the form.
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
    for (const file of [...field.files]) await send(form, field, file, list);
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
