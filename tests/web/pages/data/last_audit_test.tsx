/** Tests of `web/pages/data/last_audit.tsx`. */

import assert from "node:assert/strict";
import { LastAudit } from "../../../../web/pages/data/last_audit.tsx";
import type { Audited } from "../../../../web/web_context.ts";
import { NOON } from "../../../helpers/events.ts";

const CLEAN: Audited = {
  at: NOON - 60_000,
  clean: true,
  findings: [],
  places: 3,
  bytes: 4096,
  events: 5,
  ownWords: 6,
};

Deno.test("LastAudit() says what was found, where and how often", () => {
  const findings = [{ place: "telemetry.db", kind: "own_words", count: 2 }] as const;

  const clean = String(<LastAudit audited={CLEAN} now={NOON} />);
  const unclean = String(<LastAudit audited={{ ...CLEAN, clean: false, findings }} now={NOON} />);

  assert.match(clean, /Nothing private was found<\/span>, 1 min ago/);
  assert.doesNotMatch(clean, /<table/);
  assert.match(unclean, /Something was found/);
  assert.match(unclean, /<code>telemetry\.db<\/code><\/th><td>own words<\/td>.*?>2</);
});

Deno.test("LastAudit() does not say that all is well, where nobody looked", () => {
  const html = String(<LastAudit audited={undefined} now={NOON} />);

  assert.match(html, /No audit has been run/);
  assert.doesNotMatch(html, /Nothing private/);
});
