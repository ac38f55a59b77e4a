/** Tests of `web/pages/data/dead_letters.tsx`. */

import assert from "node:assert/strict";
import type { DeadLettersReport } from "../../../../core/reports/dead_letters_report.ts";
import { DeadLetters } from "../../../../web/pages/data/dead_letters.tsx";
import { NOON } from "../../../helpers/events.ts";

const LETTER: DeadLettersReport["letters"][number] = {
  id: 3,
  stream: "telemetry:events",
  group: "processors",
  error: "TypeError",
  message: "Cannot store <it>",
  attempts: 3,
  dead_at: new Date(NOON - 60_000).toISOString(),
  expires_at: new Date(NOON).toISOString(),
  replayable: true,
  platform: "claude_code",
  session_id: "s",
  event_type: "tool_use",
  timestamp: null,
};

function tableOf(letters: DeadLettersReport["letters"]): string {
  const report = { schema: "blueplane.dlq/1" as const, letters, total: letters.length };
  return String(<DeadLetters report={report} now={NOON} />);
}

Deno.test("DeadLetters() tells why and since when, and what can be done", () => {
  const html = tableOf([LETTER, { ...LETTER, id: 4, message: null, replayable: false }]);

  assert.match(html, /Dead letters \(2\)/);
  assert.match(html, /1 min ago.*Cannot store &lt;it&gt;.*claude_code tool_use/);
  assert.match(html, /TypeError/);
  const labels = [...html.matchAll(/aria-label="([^"]* letter \d)"/g)].map(([, label]) => label);
  assert.deepEqual(labels, ["Replay letter 3", "Drop letter 3", "Drop letter 4"]);
  assert.match(html, /data-confirm="[^"]*Drop all 2\?"/);
  assert.match(html, /blueplane dlq replay --all/);
});

Deno.test("DeadLetters() asks for nothing, where there is none", () => {
  const html = tableOf([]);

  assert.match(html, /None: everything could be handled/);
  assert.doesNotMatch(html, /data-write/);
});
