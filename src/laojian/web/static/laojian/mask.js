// Areas to black out are drawn on the page with mouse or finger; each becomes a line of the form, which can be typed as well.
const board = document.querySelector("[data-mask]");
const form = document.querySelector("[data-masking]");
const lines = form.elements.areas;
const KEPT = "mask:" + location.pathname;
const all = () => lines.value.split("\n").map((line) => line.trim()).filter(Boolean);
const round = (part) => Math.round(part * 1000) / 10;

function put(box, [left, top, width, height]) {
  Object.assign(box.style, { left: left + "%", top: top + "%", width: width + "%", height: height + "%" });
}

function show() {
  board.querySelectorAll("i").forEach((box) => box.remove());
  for (const line of all()) {
    const [page, ...sides] = line.split(/[ ,，\t]+/).map(Number);
    if (page !== Number(board.dataset.mask) || sides.length !== 4 || sides.some(Number.isNaN)) continue;
    put(board.appendChild(document.createElement("i")), sides);
  }
  sessionStorage.setItem(KEPT, lines.value);
}

function spot(event) {
  const around = board.getBoundingClientRect();
  const part = (at, from, length) => Math.min(1, Math.max(0, (at - from) / length));
  return [part(event.clientX, around.left, around.width), part(event.clientY, around.top, around.height)];
}

function sides([x, y], [u, v]) {
  const left = round(Math.min(x, u));
  const top = round(Math.min(y, v));
  return [left, top, Math.min(round(Math.abs(u - x)), 100 - left), Math.min(round(Math.abs(v - y)), 100 - top)].map((one) => +one.toFixed(1));
}

if (board) {
  let from = null;
  let box = null;
  if (!lines.value) lines.value = sessionStorage.getItem(KEPT) || "";
  document.querySelector("[data-drawn]").hidden = false;
  const undo = form.querySelector("[data-undo]");
  undo.hidden = false;
  undo.addEventListener("click", () => {
    lines.value = all().slice(0, -1).join("\n");
    show();
  });
  board.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    board.setPointerCapture(event.pointerId);
    from = spot(event);
    box = board.appendChild(document.createElement("i"));
  });
  board.addEventListener("pointermove", (event) => from && put(box, sides(from, spot(event))));
  board.addEventListener("pointerup", (event) => {
    if (!from) return;
    const drawn = sides(from, spot(event));
    from = null;
    if (drawn[2] > 0.3 && drawn[3] > 0.3) lines.value = [...all(), [board.dataset.mask, ...drawn].join(" ")].join("\n");
    show();
  });
  lines.addEventListener("input", show);
  form.addEventListener("submit", () => sessionStorage.removeItem(KEPT));
  show();
}
