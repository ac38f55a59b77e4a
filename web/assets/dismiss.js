/* Dismisses a finding: how often and how bad it is in all is told with it, so that it comes back
   when it gets worse. */

import { refreshSections } from "./sections.js";

/** Shows the buttons that only a script can serve, and serves them. */
export function startDismissing(root) {
  show(root);
  root.addEventListener("section", ({ target }) => show(target));
  root.addEventListener("click", ({ target }) => {
    const button = target.closest?.("button[data-dismiss]");
    if (button) dismiss(button);
  });
}

function show(root) {
  for (const button of root.querySelectorAll("button[data-dismiss][hidden]")) {
    button.hidden = false;
  }
}

async function dismiss(button) {
  button.disabled = true;
  try {
    const id = button.dataset.dismiss;
    const { insights } = await answerOf(fetch("/api/v1/insights?hidden=true&limit=0"));
    const found = insights.find((insight) => insight.id === id);
    if (found) {
      const { severity, sessions } = found;
      await answerOf(fetch("/api/v1/insights/change", {
        method: "POST",
        headers: { "Content-Type": "application/json", "Blueplane-Client": "dashboard" },
        body: JSON.stringify({ dismiss: { id, severity, sessions } }),
      }));
    }
    refreshSections();
  } catch {
    button.disabled = false;
    button.textContent = "Not dismissed: try again";
  }
}

async function answerOf(asked) {
  const response = await asked;
  if (!response.ok) throw new Error(`Cannot change: ${response.status}`);
  return await response.json();
}
