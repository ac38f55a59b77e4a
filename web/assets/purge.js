/* Deletes what a form names: [data-purge] first asks what would go, then shows how to go on. */

import { look } from "./look.js";
import { refreshNow } from "./sections.js";
import { post, say } from "./write.js";

/** Follows the forms of the document, also those that come later. */
export function startPurging() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-purge]")) return;
    event.preventDefault();
    purge(event.target, event.submitter.name === "now");
  });
  // What was asked for is another thing now.
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("[data-purge]");
    if (form) form.elements.now.hidden = true;
  });
}

async function purge(form, isNow) {
  const { now } = form.elements, chosen = choice(form);
  if (isNow && !confirm(`Delete ${now.dataset.what}, everywhere? It cannot be had back.`)) return;
  now.hidden = true;
  const answer = await post("/api/v1/purge", JSON.stringify({ ...chosen, dry_run: !isNow }));
  if (!answer) return;
  const what = whatOf(answer, chosen.all === true);
  say(`${what} ${isNow ? "deleted" : "would go"}`);
  now.dataset.what = what;
  now.textContent = `Delete ${what}…`;
  now.hidden = isNow || answer.events === 0;
  if (isNow) await refreshNow();
}

/* Where nothing is chosen nothing is kept: that is said before any number. */
function whatOf({ events, sessions }, isAll) {
  return `${isAll ? "ALL data: " : ""}${count(events, "event")} of ${count(sessions, "session")}`;
}

/* What is left empty narrows nothing down; where all is, that is said. */
function choice({ elements: { before, platform } }) {
  const named = [before, platform].filter(({ value }) => value !== "");
  if (named.length === 0) return { all: true };
  return Object.fromEntries(named.map(({ name, value }) => [name, value]));
}

function count(number, what) {
  return `${look(number)} ${what}${number === 1 ? "" : "s"}`;
}
