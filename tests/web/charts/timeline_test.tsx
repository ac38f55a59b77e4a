/** Tests of `web/charts/timeline.tsx`. */

import assert from "node:assert/strict";
import { type Lane, type LaneStop, Timeline } from "../../../web/charts/timeline.tsx";

const HOUR_MS = 3_600_000;
const STOP = { from: 0, to: 50, title: "Turn 1", href: "#turn-1", isHollow: false };

Deno.test("Timeline() puts each span where it was, and what touches into one", () => {
  const html = render([{ name: "Model", look: "s1", spans: [[0, 40], [40, 50], [80, 100]] }]);

  assert.match(html, /<path class="s1" d="M0 0h500v12h-500zM800 0h200v12h-200z"/);
});

Deno.test("Timeline() leaves out lanes without spans, and shows what took no time", () => {
  const html = render([
    { name: "Waits", look: "s4", spans: [] },
    { name: "Breaks", look: "marks", spans: [[50, 50]] },
  ]);

  assert.doesNotMatch(html, /Waits/);
  assert.match(html, /<path class="marks" d="M500 0h1.5v/);
});

Deno.test("Timeline() leads to each turn, and frames what was taken back", () => {
  const html = render([], [STOP, { ...STOP, from: 50, to: 100, isHollow: true }]);

  assert.equal(html.match(/<a href="#turn-1" aria-label="Turn 1">/g)?.length, 2);
  assert.equal(html.match(/class="stop hollow"/g)?.length, 1);
});

Deno.test("Timeline() names itself and its moments, those behind folds too", () => {
  const busy = [[0, 100], [HOUR_MS, HOUR_MS + 100]] as const;
  const html = String(
    <Timeline
      label="One session"
      stretch={[0, HOUR_MS + 100]}
      busy={busy}
      stops={{ name: "Turns", items: [] }}
      lanes={[{ name: "Model", look: "s1", spans: busy }]}
      nameOf={(at) => `at ${at}`}
    />,
  );

  assert.match(html, /role="group" aria-label="One session"/);
  assert.match(html, />at 0<.*>at 3600000<.*>at 3600100</);
  assert.match(html, /<path class="fold"/);
  assert.match(html, /pauses, folded: 1 h 00 min in all/);
});

Deno.test("Timeline() leaves names of moments out of a phone's screen, that would overlap", () => {
  const busy = [[0, 30], [HOUR_MS, HOUR_MS + 70]] as const;
  const phoneLess = (name: string) =>
    String(
      <Timeline
        label="One session"
        stretch={[0, HOUR_MS + 70]}
        busy={busy}
        stops={{ name: "Turns", items: [] }}
        lanes={[{ name: "Model", look: "s1", spans: busy }]}
        nameOf={() => name}
      />,
    ).match(/<text[^>]*class="not-phone"/g)?.length ?? 0;

  assert.equal(phoneLess("23:23"), 0);
  assert.equal(phoneLess("09-19 23:23"), 1);
});

function render(lanes: readonly Lane[], items: readonly LaneStop[] = []): string {
  return String(
    <Timeline
      label="One session"
      stretch={[0, 100]}
      busy={[[0, 100]]}
      stops={{ name: "Turns", items }}
      lanes={lanes}
      nameOf={String}
    />,
  );
}
