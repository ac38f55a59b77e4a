/** What happens to a database: things are told in any order, derived, deleted and told again. */

import fc from "fast-check";
import { inTransaction } from "../../core/database.ts";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { beginRebuild } from "../../pipeline/rebuild.ts";
import {
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
  TABLES,
} from "../helpers/events.ts";
import type { Parts } from "../pipeline/open_parts.ts";

const HOUR_MS = 3_600_000;

/** What happens at a moment, in hours before noon. */
interface Deed {
  readonly id: number;
  readonly hours: number;
  readonly session: number;
  readonly lasts: number;
}

/** One thing after the other. */
export type Step =
  | { readonly does: "tell"; readonly deeds: readonly Deed[] }
  | { readonly does: "work"; readonly steps: number }
  | { readonly does: "delete" | "rebuild"; readonly session: number };

const deed = fc.record({
  id: fc.nat({ max: 12 }),
  hours: fc.constantFrom(0.5, 11.9, 12.1, 36, 700, 975),
  session: fc.integer({ min: 1, max: 4 }),
  lasts: fc.constantFrom(1000, 70_000, 2 * HOUR_MS),
});
/** Any of them. */
export const step = fc.oneof(
  fc.record({
    does: fc.constant("tell" as const),
    deeds: fc.array(deed, { minLength: 1, maxLength: 6 }),
  }),
  fc.record({ does: fc.constant("work" as const), steps: fc.constantFrom(1, 3, 9, 500) }),
  fc.record({
    does: fc.constantFrom("delete", "rebuild"),
    session: fc.integer({ min: 1, max: 4 }),
  }),
) as fc.Arbitrary<Step>;

/** What there is first. */
export const FIRST: readonly Deed[] = [
  { id: 1, hours: 0.5, session: 1, lasts: 1000 },
  { id: 2, hours: 30, session: 1, lasts: 70_000 },
  { id: 3, hours: 700, session: 2, lasts: 2 * HOUR_MS },
  { id: 4, hours: 975, session: 3, lasts: 70_000 },
];

/** Does it. */
export async function perform(parts: Parts, step: Step): Promise<void> {
  if (step.does === "tell") {
    await parts.events.publish(step.deeds.flatMap(eventsOf).map(encodeEvent));
    await parts.fastPath.runBatch();
    return;
  }
  if (step.does === "work") {
    for (let i = 0; i < step.steps && await parts.groups.step(); i++);
    return;
  }
  // To be deleted is to be derived again, out of nothing.
  const announced = step.does === "rebuild"
    ? parts.groups.beginRebuild.bind(parts.groups)
    : (id: string) => beginRebuild(parts.db, Object.values(TABLES), () => 1, { sessionId: id });
  inTransaction(parts.db, () => announced(`s${step.session}`));
}

/** The same deed may be told by two sessions: then one of them is a fork. */
function eventsOf({ id, hours, session, lasts }: Deed): TelemetryEvent[] {
  const at = NOON - hours * HOUR_MS;
  const place = {
    session: `s${session}`,
    platform: session === 3 ? "cursor" : "claude_code",
    ...(session === 1 ? {} : { project: `${session % 2}a` }),
  };
  const result = makeToolResult({
    ...place,
    id: `r${id}-${session}`,
    use: `u${id}`,
    at: at + lasts,
    outcome: id % 3 === 0 ? "failed" : "ok",
    added: id,
  });
  return [
    makePrompt({ ...place, id: `p${id}-${session}`, at: at - 4000 }),
    makeResponse({
      ...place,
      id: `m${id}-${session}`,
      message: `m${id}`,
      at,
      model: id % 2 ? "claude-opus-4-5" : "claude-haiku-4-5",
      output: 10 + id,
      calls: 1,
    }),
    makeToolUse({
      ...place,
      id: `u${id}-${session}`,
      use: `u${id}`,
      tool: id % 2 ? "Edit" : "Bash",
      extension: "ts",
      message: `m${id}`,
      at: at + 1,
    }),
    { ...result, payload: { ...result.payload, duration_ms: lasts } },
  ];
}
