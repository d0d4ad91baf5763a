// Follows a run: puts what the server tells, in words already, into its place, and shows the plan once it is there.
const progress = document.querySelector("#progress[data-events]");
if (progress) {
  const events = new EventSource(progress.dataset.events);
  events.addEventListener("told", (event) => {
    progress.querySelector(".waiting")?.remove();
    for (const [name, words] of Object.entries(JSON.parse(event.data))) {
      const place = progress.querySelector(`[data-told="${name}"]`);
      if (place && words) place.textContent = words;
    }
  });
  events.addEventListener("end", () => {
    events.close();
    location.reload();
  });
}
