// 大字版: kept in the reader's own browser, nothing is sent.
const root = document.documentElement;
const kept = () => {
  try {
    return localStorage.getItem("big") === "yes";
  } catch {
    return false;
  }
};
root.classList.toggle("big", kept());
// What an officer's code says of a certificate stands behind the #, which no browser sends to a server.
document.addEventListener("DOMContentLoaded", () => {
  const [number, name] = decodeURIComponent(location.hash.slice(1)).split("/");
  const fields = [document.querySelector("input[name=number]"), document.querySelector("input[name=name]")];
  if (!name || !fields.every(Boolean)) return;
  [fields[0].value, fields[1].value] = [number, name];
});

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-big]");
  if (!button) return;
  const show = (big) => {
    root.classList.toggle("big", big);
    button.setAttribute("aria-pressed", String(big));
  };
  button.hidden = false;
  show(kept());
  button.addEventListener("click", () => {
    const big = !root.classList.contains("big");
    show(big);
    try {
      localStorage.setItem("big", big ? "yes" : "no");
    } catch {
      // a browser that keeps nothing still shows the larger type on this page
    }
  });
});
