/** Tests of `capture/claude_code/status_line.ts`: numbers out of what clients really give. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { parseStatus, statusSettings } from "../../../capture/claude_code/status_line.ts";
import { statusEvent } from "../../../core/client_status.ts";
import { decodeEvent, encodeEvent } from "../../../core/event.ts";
import { literal } from "../../../core/privacy.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import { privacy, START } from "./lines.ts";
import { STATUSES } from "./status_payloads.ts";

const CLAUDE = literal("claude_code");
const MINUTE_MS = 60_000;

function parse(payload: unknown) {
  return parseStatus(payload, START, privacy);
}

Deno.test("parseStatus() reads what each version tells, and no more", () => {
  const shown = Object.keys(STATUSES).map((version) => {
    const status = parse(STATUSES[version])!;
    return [
      version,
      status.version,
      status.model,
      status.costUsd,
      status.contextTokens,
      status.contextLimit,
    ];
  });

  assert.deepEqual(shown, [
    ["1.0.128", "1.0.128", "claude-sonnet-4-20250514", 0.09018480000000001, undefined, undefined],
    ["2.0.77", "2.0.77", "claude-sonnet-4-5-20250929", 0.1117963, undefined, 200_000],
    ["2.1.112", "2.1.112", "claude-sonnet-4-6", 0.08992080000000001, 2048, 200_000],
    ["2.1.330", "2.1.330", "claude-opus-5-5", 0.011023000000000002, 2048, 1_000_000],
  ]);
});

for (const version of Object.keys(STATUSES)) {
  Deno.test(`parseStatus() keeps no path and no name of ${version}`, () => {
    const text = encodeEvent(statusEvent(parse(STATUSES[version])!, CLAUDE, START));

    assert.ok(!/secret|kim|home|Sonnet|Opus/.test(text), text);
    assert.equal(encodeEvent(decodeEvent(text)), text);
  });
}

Deno.test("parseStatus() reads limits, their ends to the minute", () => {
  const seconds = Math.floor(START / 1000) + 7201;
  const { limits } = parse({
    session_id: "s1",
    rate_limits: {
      five_hour: { used_percentage: 23.5, resets_at: seconds },
      seven_day: { used_percentage: 100, resets_at: new Date(START + 3 * MINUTE_MS) },
      seven_day_opus: { used_percentage: 12, resets_at: new Date(START).toISOString() },
      secret: { used_percentage: 1 },
      seven_day_sonnet: { used_percentage: "12" },
    },
  })!;

  const end = Math.round(seconds * 1000 / MINUTE_MS) * MINUTE_MS;
  assert.deepEqual(limits, [
    { name: "five_hour", used: 0.235, resetsAt: end },
    { name: "seven_day", used: 1, resetsAt: undefined },
    { name: "seven_day_opus", used: 0.12, resetsAt: Math.round(START / MINUTE_MS) * MINUTE_MS },
  ]);
});

Deno.test("parseStatus() takes no number for another, when it cannot be one", () => {
  const status = parse({
    session_id: "s1",
    cost: { total_cost_usd: -1, total_lines_added: "many" },
    context_window: { context_window_size: 0, used_percentage: 50, current_usage: null },
    rate_limits: { five_hour: { used_percentage: 5, resets_at: 1 } },
  })!;

  assert.deepEqual([status.costUsd, status.linesAdded, status.contextLimit], [
    undefined,
    undefined,
    undefined,
  ]);
  assert.equal(status.contextUsed, 0.5);
  assert.deepEqual(status.limits, [{ name: "five_hour", used: 0.05, resetsAt: undefined }]);
});

Deno.test("parseStatus() makes a safe event of anything, or none", () => {
  const payload = fc.oneof(
    fc.jsonValue(),
    fc.record({
      session_id: fc.string({ minLength: 1 }),
      model: fc.oneof(fc.string(), fc.record({ id: fc.string() })),
      version: fc.string(),
      cost: fc.dictionary(fc.constantFrom("total_cost_usd", "total_lines_added"), fc.double()),
      context_window: fc.dictionary(
        fc.constantFrom("context_window_size", "used_percentage"),
        fc.oneof(fc.double(), fc.string()),
      ),
      rate_limits: fc.dictionary(
        fc.constantFrom("five_hour", "seven_day", "x"),
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            used_percentage: fc.double(),
            resets_at: fc.oneof(fc.double(), fc.date()),
          }),
        ),
      ),
    }),
  );
  fc.assert(
    fc.property(payload, (given) => {
      const status = parse(given);
      if (!status) return;
      const text = encodeEvent(statusEvent(status, CLAUDE, START));
      assert.equal(encodeEvent(decodeEvent(text)), text);
    }),
    fcRuns(200),
  );
});

Deno.test("isOwn() knows its own value, wherever the program lies", () => {
  for (const program of ["/usr/bin/blueplane", "'/o p/blueplane' --home '/a b'"]) {
    assert.ok(statusSettings.isOwn(statusSettings.value(program)), program);
  }
  for (const command of ["npx other-statusline", "blueplane hook claude-code", undefined]) {
    assert.equal(statusSettings.isOwn({ type: "command", command }), false);
  }
});
