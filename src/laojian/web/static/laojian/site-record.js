// The record of inspection as it is read aloud, written from the checklist; the server keeps these very words.
const trimmed = (text) => text.replace(/[。；]+$/, "");

// The same sentences that the server writes from a checklist (visits/actions/doing.py).
export function findings(lines) {
  const bad = lines.filter((one) => one.outcome === "problem");
  const told = bad.map((one, nth) => `${nth + 1}.${one.label}——${one.text}：发现问题，${trimmed(one.note)}。`);
  const good = lines.filter((one) => one.outcome === "ok").length;
  const none = lines.filter((one) => one.outcome === "not_applicable").length;
  if (good) told.push(`其余 ${good} 条检查标准未发现问题。`);
  if (none) told.push(`${none} 条不适用。`);
  return told.join("\n") || "未发现问题。";
}

const shown = (moment) => moment.replace("T", " ");

// `visit` are the facts of the page with what was told at the beginning; `given` what the record's step is given.
export function reading(visit, given) {
  const hands = visit.hands.map((one) => `${one.name}（证号 ${one.number}）`).join("、");
  return [
    "现场检查笔录",
    `检查编号：${visit.number}`,
    `检查时间：${shown(visit.began)} 至 ${shown(given.ended_at)}`,
    `检查地点：${visit.place}`,
    `被检查单位：${visit.employer}${visit.code ? "（" + visit.code + "）" : ""}`,
    `在场人：${given.present}${given.present_post ? "，" + given.present_post : ""}`,
    `检查人：${hands}`,
    `记录人：${given.recorder}`,
    "",
    "检查人员共两人，已向在场人出示执法证件，说明检查的事由和依据，并告知有权申请回避，有权陈述、申辩，应当如实回答询问、提供材料。",
    "",
    "一、检查内容和方法",
    given.content,
    "二、检查所见",
    given.found,
    "三、提取的证据",
    given.taken || "无。",
    "四、在场人意见",
    given.comment || "（没有填写）",
    "",
    "以上笔录已经阅读（已向我宣读），与检查情况一致。",
  ].join("\n");
}
