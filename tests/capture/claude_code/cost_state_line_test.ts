/** Tests of `capture/claude_code/cost_state_line.ts`: the client's own totals. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeEvent, encodeEvent } from "../../../core/event.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";
import {
  type Line,
  makeParser,
  parseLines,
  parseOne,
  SECRET,
  SESSION,
  START,
  userLine,
} from "./lines.ts";

const USAGE = {
  inputTokens: 1048,
  outputTokens: 128,
  thinkingTokens: 5,
  cacheReadInputTokens: 7001,
  cacheCreationInputTokens: 7402,
  cacheCreationEphemeral5mInputTokens: 7402,
  webSearchRequests: 2,
  costUSD: 0.0451622,
};

Deno.test("parseCostState() tells nothing of a session with a pause in it", () => {
  // Started again after the pause, the client tells its own start and length.
  const again = costState({ startTime: START + 60_000, totalDuration: 1000 });
  const kinds = (from: number, to: number) => {
    const parser = makeParser({ pauses: [[START + from * 1000, START + to * 1000]] });
    return [userLine("a", {}, 1), userLine("b", {}, 61), again]
      .flatMap((line) => parser.parse(line)!).map(({ eventType }) => eventType);
  };

  assert.ok(!kinds(20, 40).includes("cost_state"));
  assert.ok(kinds(-40, -20).includes("cost_state"));
  assert.ok(kinds(70, 90).includes("cost_state"));
});

Deno.test("parseCostState() tells totals in milliseconds, counts and millionths", () => {
  const event = parseOne(costState({ modelUsage: { "claude-opus-5-5": USAGE } }));

  assert.equal(event.eventType, "cost_state");
  assert.equal(event.sessionId, SESSION);
  assert.deepEqual(event.payload, {
    duration_ms: 6569,
    api_duration_ms: 5154,
    tool_duration_ms: 8,
    started_at: START,
    lines_added: 10,
    lines_removed: 3,
    cost_micros: 45162,
    cost_unknown: false,
    models: [{
      model: "claude-opus-5-5",
      input_tokens: 1048,
      output_tokens: 128,
      thinking_tokens: 5,
      cache_read_tokens: 7001,
      cache_creation_tokens: 7402,
      web_searches: 2,
      cost_micros: 45162,
    }],
  });
});

Deno.test("parseCostState() has the time of the line before, and says that it has none", () => {
  const [, event] = parseLines(userLine("a", {}, 5), costState());

  assert.equal(event!.timestamp, START + 5000);
  assert.equal(event!.metadata.undated, true);
});

Deno.test("parseCostState() gives the same id for the same totals, another for others", () => {
  const ids = (...lines: Line[]) => lines.map((line) => parseOne(line).eventId);

  const [a, same, more, elsewhere] = ids(
    costState(),
    costState(),
    costState({ totalDuration: 6570 }),
    costState({ sessionId: "other" }),
  );

  assert.equal(a, same);
  assert.equal(new Set([a, more, elsewhere]).size, 3);
});

Deno.test("parseCostState() adds up what it may not keep apart", () => {
  const { models } = parseOne(costState({
    modelUsage: {
      "claude-opus-5-5[1m]": USAGE,
      "claude-opus-5-5": USAGE,
      [SECRET]: { inputTokens: 1 },
      "acme-internal": { inputTokens: "2", costUSD: "0.5" },
      "claude-haiku-5": null,
    },
  })).payload as { models: Record<string, unknown>[] };

  assert.deepEqual(
    models.map(({ model, input_tokens, cost_micros }) => [model, input_tokens, cost_micros]),
    [["claude-haiku-5", 0, 0], ["claude-opus-5-5", 2096, 90324], ["other", 3, 500_000]],
  );
});

Deno.test("parseCostState() throws for no line, and lets no text into an event", () => {
  const anyValue = fc.oneof(
    fc.jsonValue(),
    fc.double(),
    fc.constantFrom(SECRET, { toString: 1 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom(SECRET, "claude-opus-5-5", "__proto__")),
      fc.oneof(fc.jsonValue(), fc.constant({ costUSD: SECRET, inputTokens: 1e300 })),
    ),
  );
  const names = ["totalCostUSD", "totalDuration", "modelUsage", "startTime", "sessionId"];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), anyValue), (fields) => {
      const text = encodeEvent(parseOne({ type: "cost-state", ...fields }));

      assert.ok(!text.includes("secret"), text);
      assert.equal(encodeEvent(decodeEvent(text)), text);
    }),
    fcRuns(300),
  );
});

function costState(fields: Line = {}): Line {
  return {
    type: "cost-state",
    sessionId: SESSION,
    totalCostUSD: 0.0451622,
    totalAPIDuration: 5154,
    totalAPIDurationWithoutRetries: 97,
    totalToolDuration: 8,
    totalLinesAdded: 10,
    totalLinesRemoved: 3,
    totalDuration: 6569,
    startTime: START,
    modelUsage: {},
    hasUnknownModelCost: false,
    ...fields,
  };
}
