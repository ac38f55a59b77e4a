/** Tests of `core/client_status.ts`: the event of a status. */

import assert from "node:assert/strict";
import { type ClientStatus, statusEvent, statusGauges } from "../../core/client_status.ts";
import { literal, type SafeText } from "../../core/privacy.ts";
import { NOON } from "../helpers/events.ts";

const UNKNOWN: ClientStatus = {
  sessionId: "s1" as SafeText,
  model: undefined,
  version: undefined,
  costUsd: undefined,
  linesAdded: undefined,
  linesRemoved: undefined,
  contextTokens: undefined,
  contextLimit: undefined,
  contextUsed: undefined,
  limits: [],
};

function eventAt(at: number, more: Partial<ClientStatus> = {}) {
  return statusEvent({ ...UNKNOWN, ...more }, literal("claude_code"), at);
}

Deno.test("statusEvent() is the same event within a minute, and another in the next", () => {
  const ids = [NOON, NOON + 59_999, NOON + 60_000].map((at) => eventAt(at).eventId);

  assert.equal(ids[0], ids[1]);
  assert.notEqual(ids[1], ids[2]);
});

Deno.test("statusEvent() leaves out what is not known", () => {
  assert.deepEqual(eventAt(NOON).payload, {});
  assert.deepEqual(eventAt(NOON).metadata, { undated: true });
  const limit = { name: "five_hour", used: 0.2349, resetsAt: undefined } as const;
  assert.deepEqual(eventAt(NOON, { limits: [limit] }).payload, {
    limits: [{ name: "five_hour", used_thousandths: 235 }],
  });
});

Deno.test("statusGauges() counts money in millionths", () => {
  assert.deepEqual(statusGauges({ ...UNKNOWN, costUsd: 0.0110230000002, contextTokens: 0 }), {
    context_tokens: 0,
    reported_cost_micros: 11_023,
  });
});
