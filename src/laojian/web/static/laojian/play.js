// The player of a recording: a moment is gone to without loading the page again, and the present one is taken into the form.
const player = document.querySelector("audio.seen, video.seen");
document.querySelectorAll("[data-seek]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    player.currentTime = Number(link.dataset.seek);
    player.play().catch(() => player.focus());
  });
});
const marking = document.querySelector("[data-marking]");
if (player && marking) {
  const take = marking.querySelector("[data-now]");
  take.hidden = false;
  take.addEventListener("click", () => {
    marking.elements.seconds.value = Math.floor(player.currentTime);
    marking.elements.note.focus();
  });
}
