/* Puts what has just happened into what the server has listed, which makes the list anew soon. */

import { follow } from "./live.js";

function words(name) {
  return name.replaceAll("_", " ");
}

/** Follows what happens, where the page has a list of it. */
export function startFeed() {
  const path = document.querySelector("[data-feed]")?.dataset.feed;
  if (path !== undefined) follow(path, take);
}

/* Of a snapshot most is listed already; what came between the page and it is not. */
function take({ type, data }) {
  if (type === "heartbeat") return;
  const list = document.querySelector("[data-feed]");
  const news = Object.entries(data)
    .sort(([, a], [, b]) => a.timestamp < b.timestamp ? -1 : 1);
  for (const [id, event] of news) {
    const line = lineOf(id, event, list.dataset.href);
    const known = list.querySelector(`[data-event="${CSS.escape(id)}"]`);
    if (known) known.querySelector("small").textContent = outcomeOf(event);
    else list.insertBefore(line, lineBefore(list, event.timestamp));
  }
  while (list.children.length > Number(list.dataset.shown)) list.lastElementChild.remove();
}

/** What comes late may be older than what stands there. */
function lineBefore(list, timestamp) {
  const at = Date.parse(timestamp);
  return [...list.children].find((line) =>
    Date.parse(line.querySelector("time").dateTime) < at
  ) ?? null;
}

function lineOf(id, event, href) {
  const line = document.createElement("li");
  line.dataset.event = id;
  const link = element("a", "");
  link.href = href.replace(":id", encodeURIComponent(event.session_id));
  link.append(element("code", event.session_id.slice(0, 8)));
  const time = element("time", new Date(event.timestamp).toTimeString().slice(0, 5));
  time.dateTime = event.timestamp;
  const parts = [
    time,
    element("b", event.tool ?? words(event.event_type)),
    element("small", outcomeOf(event)),
    link,
  ];
  line.append(...parts.flatMap((part, i) => i === 0 ? [part] : [" ", part]));
  return line;
}

function outcomeOf({ tool, outcome }) {
  if (tool === null) return "";
  return outcome === null ? "…" : words(outcome);
}

function element(tag, text) {
  const one = document.createElement(tag);
  one.textContent = text;
  return one;
}
