// The page that draws again: takes a bundle from the site or from the visitor's disk, and shows what the verifier finds.
const place = document.getElementById("verify");
const { runText } = await import(place.dataset.module);
const [progress, result, file, now] = ["verify-progress", "verify-result", "bundle-file", "verify-now"].map((id) =>
  document.getElementById(id),
);
const MARKS = { true: ["✓", "一致"], false: ["✗", "不一致"], null: ["—", "尚不能核对"] };

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function line({ name, right, place: row }) {
  const [mark, words] = MARKS[String(right)];
  return element("li", `${mark} ${name}：${words}${row ? `（第 ${row} 行）` : ""}`);
}

function told(findings) {
  const wrong = findings.filter(({ right }) => right === false);
  const open = findings.some(({ right }) => right === null);
  const note = element("div", "", `note snug ${wrong.length ? "warn" : "done"}`);
  const sum = wrong.length
    ? `✗ 验证不通过：${wrong.map(({ name }) => name).join("、")}与公布的不一致`
    : open ? "✓ 已公布的部分全部一致，其余等盐值公开" : "✓ 验证通过：名录、随机数、盐值、结果和派出人员全部一致";
  const list = element("ul", "", "plain");
  list.append(...findings.map(line));
  note.append(element("h2", sum), list);
  return note;
}

async function check(text) {
  result.replaceChildren();
  progress.textContent = "正在验证……";
  try {
    const findings = await runText(text, (done, all) => {
      progress.textContent = `已计算 ${done} / ${all}`;
    });
    result.replaceChildren(told(findings));
    progress.textContent = "验证完毕。";
  } catch (wrong) {
    progress.textContent = wrong.message;
  }
}

file.addEventListener("change", async () => {
  if (file.files.length) await check(await file.files[0].text());
});
now?.addEventListener("click", async () => {
  now.disabled = true;
  const answer = await fetch(place.dataset.bundle);
  await check(await answer.text());
  now.disabled = false;
});
document.body.dataset.verifier = "ready";
