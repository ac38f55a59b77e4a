/* Has the parts of a page made anew by the server, and keeps what the reader did to them. */

const EVERY_MS = 2000;
let refreshedAt = 0;
let timer;
let isDue = false;

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && isDue) refreshSections();
});

/** Soon, but not more often than every two seconds, and not while nobody looks. */
export function refreshSections() {
  isDue = true;
  if (timer !== undefined || document.hidden) return;
  const wait = Math.max(0, refreshedAt + EVERY_MS - Date.now());
  timer = setTimeout(async () => {
    refreshedAt = Date.now();
    isDue = false;
    try {
      const response = await fetch(location.href);
      if (response.ok) swap(await response.text());
    } catch {
      // The server is gone: the connection that live.js holds notices as well, and tries again.
      isDue = true;
    }
    timer = undefined;
    if (isDue) refreshSections();
  }, wait);
}

function swap(html) {
  const next = new DOMParser().parseFromString(html, "text/html");
  for (const section of document.querySelectorAll("[data-section]")) {
    const fresh = next.querySelector(`[data-section="${CSS.escape(section.dataset.section)}"]`);
    if (!fresh || fresh.innerHTML === section.lastHtml) continue;
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
  if (focus) find(section, focus)?.focus({ preventScroll: true });
  section.dispatchEvent(new CustomEvent("section", { bubbles: true }));
}

const FOCUSABLE = "a[href], button, summary, select, input, [tabindex]";

/* What has the focus, by where it leads to, or else by its place among all that could have it. */
function placeOf(section) {
  const active = document.activeElement;
  const all = [...section.querySelectorAll(FOCUSABLE)];
  return { href: active.getAttribute("href"), tag: active.tagName, index: all.indexOf(active) };
}

function find(section, { href, tag, index }) {
  const all = [...section.querySelectorAll(FOCUSABLE)];
  const same = href === null
    ? undefined
    : all.find((each) => each.tagName === tag && each.getAttribute("href") === href);
  return same ?? all[index];
}
