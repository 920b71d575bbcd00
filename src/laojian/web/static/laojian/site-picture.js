// Pictures made here: small ones of photographs, and the signed record as one picture: what was read, and everybody's signature.
import { drawn } from "./site-glass.js";

const WIDTH = 1080;
const EDGE = 64;
const SIZE = 30;
const LINE = 50;
const SIGN = { width: 440, height: 150 };
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "HarmonyOS Sans SC", sans-serif';

export async function small(file) {
  try {
    const picture = await createImageBitmap(file);
    const canvas = document.createElement("canvas");
    const scale = Math.max(200 / picture.width, 152 / picture.height);
    [canvas.width, canvas.height] = [200, 152];
    const [width, height] = [picture.width * scale, picture.height * scale];
    canvas.getContext("2d").drawImage(picture, (200 - width) / 2, (152 - height) / 2, width, height);
    return canvas.toDataURL("image/jpeg", 0.7);
  } catch {
    return ""; // a recording, or a picture that this browser cannot show: its name stands instead
  }
}

function wrapped(context, text) {
  const lines = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const sign of paragraph) {
      if (line && context.measureText(line + sign).width > WIDTH - 2 * EDGE) {
        lines.push(line);
        line = "";
      }
      line += sign;
    }
    lines.push(line);
  }
  return lines;
}

// `signers` are [{title, note, strokes}]; the digest of the text stands under it.
export async function sheet(text, sum, signers) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  context.font = `${SIZE}px ${FONT}`;
  const lines = wrapped(context, text + "\n\n以上正文 SHA-256：" + sum);
  canvas.width = WIDTH;
  canvas.height = 2 * EDGE + lines.length * LINE + signers.length * (SIGN.height + 2 * LINE);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  context.font = `${SIZE}px ${FONT}`;
  let y = EDGE + SIZE;
  for (const line of lines) {
    context.fillText(line, EDGE, y);
    y += LINE;
  }
  for (const signer of signers) {
    y += LINE;
    context.fillText(signer.title, EDGE, y);
    if (signer.note) context.fillText(signer.note, EDGE, y + LINE);
    drawn(context, signer.strokes, WIDTH - EDGE - SIGN.width, y - LINE, SIGN.width, SIGN.height);
    y += SIGN.height + LINE;
  }
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
