/* One stop of the tab key for a whole drawing: within it, arrow keys go on to the next thing. */

/** Prepares every `[data-roving]` below `root`, also those that come later. */
export function startRoving(root) {
  for (const group of root.querySelectorAll("[data-roving]")) prepare(group);
  root.addEventListener("section", ({ target }) => {
    for (const group of target.querySelectorAll("[data-roving]")) prepare(group);
  });
  root.addEventListener("keydown", (event) => {
    const group = event.target.closest?.("[data-roving]");
    if (group) move(group, event);
  });
}

function itemsOf(group) {
  return [...group.querySelectorAll(group.dataset.roving)];
}

function prepare(group) {
  const items = itemsOf(group);
  const active = items.find((item) => item === document.activeElement) ?? items.at(-1);
  for (const item of items) item.setAttribute("tabindex", item === active ? "0" : "-1");
}

function move(group, event) {
  const items = itemsOf(group), at = items.indexOf(event.target);
  const to = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  const next = items[Math.min(items.length - 1, Math.max(0, to))];
  items[at].setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}
