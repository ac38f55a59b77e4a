/** Tests of `web/charts/timeline.tsx`. */

import assert from "node:assert/strict";
import { type Lane, Timeline } from "../../../web/charts/timeline.tsx";

Deno.test("Timeline() puts each span where it was, as long as it took", () => {
  const html = render([{ name: "Turns", spans: [{ from: 100, to: 150, title: "turn 1" }] }]);

  assert.match(
    html,
    /<rect class="s1" x="0" width="500" height="12"><title>turn 1<\/title>/,
  );
});

Deno.test("Timeline() leaves out lanes without spans, and shows what took no time", () => {
  const html = render([
    { name: "Waits", spans: [] },
    { name: "Calls", spans: [{ from: 200, to: 200, title: "Edit", place: 3, href: "#t1" }] },
  ]);

  assert.doesNotMatch(html, /Waits/);
  assert.match(html, /<a href="#t1" aria-label="Edit"><rect class="s4" x="1000" width="1.5"/);
});

Deno.test("Timeline() names itself and its moments", () => {
  const html = render([]);

  assert.match(html, /role="group" aria-label="One session"/);
  assert.match(html, /<span>09:00<\/span><span>10:00<\/span>/);
});

function render(lanes: readonly Lane[]): string {
  return String(
    <Timeline
      label="One session"
      from={100}
      to={200}
      lanes={lanes}
      ticks={["09:00", "10:00"]}
    />,
  );
}
