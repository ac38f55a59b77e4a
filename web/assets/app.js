/* Keeps the page moving: numbers from the WebSocket, sections from the page itself. */

const RETRY_MS_MAX = 15_000;
const SECTIONS_EVERY_MS = 2000;
const period = new URL(location.href).searchParams.get("period") ?? "24h";
const state = document.querySelector("[data-live]");
let retryMs = 500;
let sectionsAt = 0;
let sectionsTimer;
let isFirst = true;

connect();
document.addEventListener("visibilitychange", () => document.hidden || refreshSections());

function connect() {
  const socket = new WebSocket(
    `ws://${location.host}/ws/metrics?period=${encodeURIComponent(period)}`,
  );
  socket.addEventListener("open", () => {
    retryMs = 500;
    show("on", "live");
  });
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    for (const [name, value] of Object.entries(message.data)) setMetric(name, value);
    // A later snapshot comes after a gap: the sections missed what happened in it.
    if (!isFirst) refreshSections();
    isFirst = false;
  });
  socket.addEventListener("close", () => {
    show("off", "not live: trying again");
    setTimeout(connect, retryMs);
    retryMs = Math.min(RETRY_MS_MAX, retryMs * 2);
  });
}

function show(live, text) {
  state.dataset.live = live;
  state.textContent = text;
}

function setMetric(name, value) {
  for (const element of document.querySelectorAll(`[data-metric="${CSS.escape(name)}"]`)) {
    const text = value === null
      ? "–"
      : element.dataset.prefix + format(value, element.dataset.unit);
    if (element.textContent === text) continue;
    element.textContent = text;
    element.classList.add("changed");
    setTimeout(() => element.classList.remove("changed"), 150);
  }
}

/* The same looks as the server's: core/format.ts. */
function format(value, unit) {
  if (unit === "share") return `${(value * 100).toFixed(1)} %`;
  const size = Math.abs(value);
  if (unit === "usd") return money(size);
  if (size < 10_000) return Math.round(value).toLocaleString("en-US");
  for (const [scale, letter] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]]) {
    if (size < scale * 0.9995) continue;
    const scaled = value / scale;
    return `${scaled.toFixed(Math.abs(scaled) < 99.95 ? 1 : 0)}${letter}`;
  }
}

function money(size) {
  if (size === 0) return "$0.00";
  if (size < 0.0095) return `$${size.toPrecision(1)}`;
  const digits = size < 999.5 ? 2 : 0;
  return `$${
    size.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })
  }`;
}

function refreshSections() {
  if (sectionsTimer !== undefined || document.hidden) return;
  const wait = Math.max(0, sectionsAt + SECTIONS_EVERY_MS - Date.now());
  sectionsTimer = setTimeout(async () => {
    sectionsTimer = undefined;
    sectionsAt = Date.now();
    try {
      const response = await fetch(location.href);
      if (response.ok) swapSections(await response.text());
    } catch {
      show("off", "not live: trying again");
    }
  }, wait);
}

function swapSections(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  for (const section of document.querySelectorAll("[data-section]")) {
    const fresh = next.querySelector(`[data-section="${section.dataset.section}"]`);
    if (!fresh || fresh.innerHTML === section.innerHTML) continue;
    const open = section.querySelector("details")?.open;
    section.replaceChildren(...fresh.childNodes);
    if (open) section.querySelector("details")?.setAttribute("open", "");
  }
}
