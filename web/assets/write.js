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

function mayBegin({ ariaDisabled, dataset }) {
  return ariaDisabled !== "true" && (dataset.confirm === undefined || confirm(dataset.confirm));
}

async function write(button) {
  // It keeps the focus, which then goes to what stands in its place.
  button.ariaDisabled = "true";
  if (await post(button.dataset.write, button.dataset.body)) {
    say(button.dataset.done);
    return await refreshNow();
  }
  button.ariaDisabled = null;
}

/** Has something done, and says why where it cannot be: then there is no answer. */
export async function post(path, body) {
  say("…");
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Blueplane-Client": "dashboard", "Content-Type": "application/json" },
      body,
    });
    const answer = await response.json();
    if (response.ok) return answer;
    say(answer.detail);
  } catch {
    say("Cannot reach the server: nothing was changed");
  }
}

/** Says it outside of what is made anew, so that it is read out and stays. */
export function say(text) {
  const place = document.querySelector("[data-said]");
  if (place) place.textContent = text ?? "";
}
