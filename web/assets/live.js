/* Follows a WebSocket: sets the numbers that it names, and has the sections made anew. */

import { look } from "./look.js";
import { refreshOldSections, refreshSections } from "./sections.js";

const RETRY_MS = 500, RETRY_MS_MAX = 15_000;
/* The server says something at least this often, if only that it is there. */
const SILENCE_MS_MAX = 40_000;

const state = document.querySelector("[data-live]");
let isFirst = true;

/** Moves the page by a WebSocket. */
export function listen(path) {
  if (path) follow(path, take, show);
}

/** Connects, and connects again whenever the connection ends; `tell` is told how it is. */
export function follow(path, take, tell = () => {}) {
  let retryMs = RETRY_MS, silence;
  connect();

  function connect() {
    const socket = new WebSocket(`ws://${location.host}${path}`);
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => socket.close(), SILENCE_MS_MAX);
    };
    socket.addEventListener("open", () => {
      retryMs = RETRY_MS;
      heard();
      tell("on", "live");
    });
    socket.addEventListener("message", ({ data }) => {
      heard();
      take(JSON.parse(data));
    });
    socket.addEventListener("close", () => {
      clearTimeout(silence);
      tell("stale", `not live since ${new Date().toTimeString().slice(0, 8)}: trying again`);
      // Not all pages at once, when the server is back.
      setTimeout(connect, retryMs * (0.75 + Math.random() / 2));
      retryMs = Math.min(RETRY_MS_MAX, retryMs * 2);
    });
  }
}

function take({ type, data }) {
  if (type === "heartbeat") return refreshOldSections();
  for (const [name, value] of Object.entries(data)) setMetric(name, value);
  // A later snapshot comes after a gap: the sections missed what happened in it.
  if (type !== "snapshot" || !isFirst) refreshSections();
  isFirst = false;
}

function show(live, text) {
  if (state.dataset.live === live) return;
  state.dataset.live = live;
  state.textContent = text;
}

function setMetric(name, value) {
  for (const element of document.querySelectorAll(`[data-metric="${CSS.escape(name)}"]`)) {
    const { prefix, unit } = element.dataset;
    const text = value === null ? "–" : look(value, unit);
    if (text === undefined) continue;
    const whole = value === null ? text : prefix + text;
    if (element.textContent === whole) continue;
    element.textContent = whole;
    element.classList.add("changed");
    setTimeout(() => element.classList.remove("changed"), 150);
  }
}
