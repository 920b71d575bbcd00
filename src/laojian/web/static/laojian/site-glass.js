// Writing a name on the glass: strokes as points between 0 and 1, so that they can be drawn anew at any size.
const RATIO = 2.6; // breadth to height of a signature where it is shown

export function drawn(context, strokes, x, y, width, height) {
  const points = strokes.flat();
  if (!points.length) return;
  const [left, top] = [0, 1].map((axis) => Math.min(...points.map((one) => one[axis])));
  const [right, bottom] = [0, 1].map((axis) => Math.max(...points.map((one) => one[axis])));
  const scale = Math.min(width / Math.max(right - left, 0.05), height / Math.max(bottom - top, 0.05));
  context.lineWidth = Math.max(2.5, height / 28);
  context.lineCap = context.lineJoin = "round";
  context.strokeStyle = "#101820";
  for (const stroke of strokes) {
    context.beginPath();
    stroke.forEach(([px, py], nth) => {
      const at = [x + (px - left) * scale, y + (py - top) * scale];
      if (nth) context.lineTo(...at);
      else context.moveTo(at[0], at[1] - 0.1), context.lineTo(...at);
    });
    context.stroke();
  }
}

export function image(strokes) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(150 * RATIO), 150];
  drawn(canvas.getContext("2d"), strokes, 10, 10, canvas.width - 20, canvas.height - 20);
  return canvas.toDataURL();
}

// Opens the glass for one person; the strokes, or null when nobody signed. `keep` is called after every stroke.
export function ask(dialog, title, strokes, keep) {
  const canvas = dialog.querySelector("canvas");
  const context = canvas.getContext("2d");
  let lines = strokes.slice();
  let unit = 1;
  dialog.querySelector("h2").textContent = title;
  const redraw = () => {
    const box = canvas.getBoundingClientRect();
    const dense = window.devicePixelRatio || 1;
    [canvas.width, canvas.height] = [Math.round(box.width * dense), Math.round(box.height * dense)];
    unit = box.width;
    context.scale(dense, dense);
    context.lineWidth = 4;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = "#101820";
    for (const line of lines) {
      context.beginPath();
      line.forEach(([x, y], nth) => context[nth ? "lineTo" : "moveTo"](x * unit, y * unit));
      context.stroke();
    }
  };
  const point = (event) => [event.offsetX / unit, event.offsetY / unit].map((one) => Math.round(one * 10000) / 10000);
  let stroke = null;
  const moves = {
    pointerdown: (event) => {
      canvas.setPointerCapture(event.pointerId);
      stroke = [point(event)];
      lines.push(stroke);
    },
    pointermove: (event) => {
      if (!stroke) return;
      stroke.push(point(event));
      redraw();
    },
    pointerup: () => {
      stroke = null;
      keep(lines);
    },
  };
  return new Promise((done) => {
    const stop = new AbortController();
    const on = (target, name, deed) => target.addEventListener(name, deed, { signal: stop.signal });
    const close = (result) => {
      stop.abort();
      dialog.close();
      done(result);
    };
    for (const [name, deed] of Object.entries(moves)) on(canvas, name, deed);
    on(window, "resize", redraw);
    on(dialog.querySelector("[data-clear]"), "click", () => {
      lines = [];
      keep(lines);
      redraw();
    });
    on(dialog.querySelector("[data-done]"), "click", () => close(lines.length ? lines : null));
    on(dialog.querySelector("[data-cancel]"), "click", () => close(null));
    on(dialog, "cancel", (event) => {
      event.preventDefault();
      close(null);
    });
    dialog.showModal();
    redraw();
  });
}
