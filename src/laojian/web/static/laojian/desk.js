// The phone's menu, printing, and a form that is not sent twice. Every page works without this file.
document.documentElement.classList.add("js");

function menu(button, side) {
  const show = (open) => {
    side.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
      show(false);
      button.focus();
    }
  });
}

// A disabled button would not be sent with its form, so it is only marked, and the second press refused.
function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    form.querySelectorAll("button[type=submit]").forEach((send) => send.setAttribute("aria-disabled", "true"));
  });
}

// What a phone holds of a visit and has not sent would be cleared with the login: it is sent first.
function leave(form) {
  form.addEventListener("submit", (event) => {
    let waiting = 0;
    try {
      waiting = Number(localStorage.getItem("laojian-site-waiting"));
    } catch {
      // a browser that keeps nothing has nothing to send
    }
    if (!waiting) return;
    event.preventDefault();
    location.assign("/site#leave");
  });
}

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".menu-button");
  const side = document.getElementById("side");
  if (button && side) menu(button, side);
  document.querySelectorAll("[data-print]").forEach((element) => {
    element.hidden = false;
    element.addEventListener("click", () => window.print());
  });
  document.querySelectorAll("form[data-once]").forEach(once);
  document.querySelectorAll("form[data-leave]").forEach(leave);
});

// Coming back by the browser's own button, the form may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((send) => send.removeAttribute("aria-disabled"));
  });
});

// A field of several rows gets a button that adds an empty one.
function rows(field) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "再加一" + field.dataset.rows;
  button.addEventListener("click", () => {
    const all = field.querySelectorAll(".one-row");
    const row = all[all.length - 1].cloneNode(true);
    row.querySelector("legend").textContent = "第 " + (all.length + 1) + " " + field.dataset.rows;
    for (const part of row.querySelectorAll("[name], [for]")) {
      for (const name of ["name", "id", "for"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replace(/-\d+-/, "-" + all.length + "-"));
      }
      if ("value" in part) part.value = "";
    }
    button.before(row);
    row.querySelector("input, select").focus();
  });
  field.append(button);
}
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-rows]").forEach(rows));

// A part of a form that belongs only to some choices: data-when="kind=complaint,hotline". What is hidden is not sent.
function when(part) {
  const [name, values] = part.dataset.when.split("=");
  const look = () => {
    const all = [...document.getElementsByName(name)];
    const chosen = all.find((one) => one.type === "select-one" || one.checked);
    part.hidden = chosen ? !values.split(",").includes(chosen.value) : all.some((one) => one.type === "checkbox");
    part.querySelectorAll("input, select, textarea").forEach((one) => {
      one.disabled = one.closest("[data-when][hidden]") !== null;
    });
  };
  document.addEventListener("change", (event) => event.target.name === name && look());
  document.addEventListener("htmx:after:swap", look);
  look();
}
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-when]").forEach(when));
