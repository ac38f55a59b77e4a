/* Has the parts of a page made anew by the server, and keeps what the reader did to them. */

const EVERY_MS = 2000;
/* Where the server needs long for a page, it is asked less often. */
const PAUSES = 10;
/* Without any news, what tells how long ago something was grows old. */
const OLD_MS = 60_000;
/* What is found in the news comes after its numbers, and changes none of them. */
const SETTLED_MS = 8000;
let refreshedAt = Date.now();
let pauseMs = EVERY_MS;
let timer;
let isDue = false;
let settling;

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && isDue) ask();
});

/** When the last time is long ago. */
export function refreshOldSections() {
  if (Date.now() - refreshedAt >= OLD_MS) ask();
}

/** Soon, and once more when all has settled. */
export function refreshSections() {
  clearTimeout(settling);
  settling = setTimeout(ask, SETTLED_MS);
  ask();
}

/* Not more often than every two seconds, and not while nobody looks. */
function ask() {
  isDue = true;
  if (timer !== undefined || document.hidden) return;
  const wait = Math.max(0, refreshedAt + pauseMs - Date.now());
  timer = setTimeout(async () => {
    const begun = Date.now();
    isDue = false;
    try {
      const response = await fetch(location.href);
      if (response.ok) swap(await response.text());
      pauseMs = Math.max(EVERY_MS, PAUSES * (Date.now() - begun));
    } catch {
      // The server is gone: the connection that live.js holds notices as well, and tries again.
      isDue = true;
    }
    refreshedAt = Date.now();
    timer = undefined;
    if (isDue) ask();
  }, wait);
}

/** At once, as the reader had something done. */
export async function refreshNow() {
  const response = await fetch(location.href);
  if (response.ok) swap(await response.text());
}

function swap(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  for (const section of document.querySelectorAll("[data-section]")) {
    const fresh = next.querySelector(`[data-section="${CSS.escape(section.dataset.section)}"]`);
    // What was never made anew is as the server sent it, but for what the reader has chosen in it.
    if (!fresh || fresh.innerHTML === (section.lastHtml ?? section.innerHTML)) continue;
    // A list that may be open would close: what is new in it comes once it is left.
    if (section.querySelector("select:focus")) continue;
    section.lastHtml = fresh.innerHTML;
    replace(section, fresh);
  }
}

function replace(section, fresh) {
  const open = [...section.querySelectorAll("details")].map((each) => each.open);
  const scrolled = [...section.querySelectorAll(".scroll, .newest-first")]
    .map(({ scrollLeft, scrollTop }) => ({ scrollLeft, scrollTop }));
  const focus = section.contains(document.activeElement) ? placeOf(section) : undefined;
  section.replaceChildren(...fresh.childNodes);
  section.querySelectorAll("details").forEach((each, i) => each.open = open[i] ?? each.open);
  section.querySelectorAll(".scroll, .newest-first")
    .forEach((each, i) => Object.assign(each, scrolled[i]));
  // Scripts make their own of what is new, before anything in it has the focus.
  section.dispatchEvent(new CustomEvent("section", { bubbles: true }));
  if (focus) find(section, focus)?.focus({ preventScroll: true });
}

const FOCUSABLE = "a[href], button, summary, select, input, [tabindex]";

/* What has the focus: where it leads to, its place among those like it, and among all. */
function placeOf(section) {
  const active = document.activeElement;
  const all = [...section.querySelectorAll(FOCUSABLE)];
  return {
    name: active.dataset.focus,
    href: active.getAttribute("href"),
    tag: active.tagName,
    text: active.textContent,
    nth: all.filter(isLike(active.tagName, active.textContent)).indexOf(active),
    index: all.indexOf(active),
  };
}

function isLike(tag, text) {
  return ({ tagName, textContent }) => tagName === tag && textContent === text;
}

function find(section, { name, href, tag, text, nth, index }) {
  if (name) return section.querySelector(`[data-focus="${name}"]`);
  const all = [...section.querySelectorAll(FOCUSABLE)];
  const same = href === null
    ? all.filter(isLike(tag, text))[nth]
    : all.find((each) => each.tagName === tag && each.getAttribute("href") === href);
  return same ?? all[index];
}
