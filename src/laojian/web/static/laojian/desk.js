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

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".menu-button");
  const side = document.getElementById("side");
  if (button && side) menu(button, side);
  document.querySelectorAll("[data-print]").forEach((element) => {
    element.hidden = false;
    element.addEventListener("click", () => window.print());
  });
  document.querySelectorAll("form[data-once]").forEach(once);
});

// Coming back by the browser's own button, the form may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((send) => send.removeAttribute("aria-disabled"));
  });
});

// A part of a form that belongs only to some choices: data-when="kind=complaint,hotline".
function when(part) {
  const [name, values] = part.dataset.when.split("=");
  const allowed = values.split(",");
  const look = () => {
    const chosen = document.querySelector(`[name="${name}"]:checked, select[name="${name}"]`);
    part.hidden = Boolean(chosen) && !allowed.includes(chosen.value);
  };
  document.addEventListener("change", (event) => event.target.name === name && look());
  look();
}
document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-when]").forEach(when));
