/* Buttons that have something done: [data-write] is where to post, data-body what. */

import { refreshNow } from "./sections.js";

/** Follows the buttons of the document, also those that come later. */
export function startWriting() {
  document.documentElement.classList.add("scripted");
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-write]");
    if (button && mayBegin(button)) write(button);
  });
}

function mayBegin({ disabled, dataset }) {
  return !disabled && (dataset.confirm === undefined || confirm(dataset.confirm));
}

async function write(button) {
  const { write: path, body } = button.dataset;
  button.disabled = true;
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Blueplane-Client": "dashboard", "Content-Type": "application/json" },
      body,
    });
    if (response.ok) {
      say(button.dataset.done);
      return await refreshNow();
    }
    const { detail } = await response.json();
    say(detail);
  } catch {
    say("Cannot reach the server: nothing was changed");
  }
  button.disabled = false;
}

/* Outside of what is made anew, so that it is read out and stays. */
function say(text) {
  const place = document.querySelector("[data-said]");
  if (place) place.textContent = text ?? "";
}
