/**
 * Made-up histories: lists of lines over few messages, tool calls, prompts and sessions, so that
 * forks, side chains, growing outputs and late beginnings happen all the time.
 */

import fc from "fast-check";
import type { TelemetryEvent } from "../../../core/event.ts";
import { factKey } from "../../../core/fact_key.ts";
import { literal } from "../../../core/privacy.ts";
import {
  makeEvent,
  makePrompt,
  makeResponse,
  makeToolResult,
  makeToolUse,
  NOON,
} from "../../helpers/events.ts";

const MINUTE_MS = 60_000;
const MODELS = ["claude-opus-4-5", "claude-haiku-4-5", "gpt-5"];
const TOOLS = ["Edit", "Bash", "Read"];

const few = fc.nat({ max: 3 });
const place = fc.record({
  session: fc.constantFrom("s1", "s2", "s0"),
  at: fc.oneof(
    fc.nat({ max: 30 }).map((n) => NOON - n * 20_000),
    fc.nat({ max: 12 * 24 * 60 }).map((n) => NOON - n * MINUTE_MS),
  ),
  project: fc.constantFrom("aa", "bb", undefined),
  version: fc.constantFrom("2.1.4", "2.1.5", undefined),
  undated: fc.constantFrom(undefined, undefined, true),
});

/** Lines of a response repeat its usage; only the output grows. */
const response = fc.tuple(place, few, few, fc.boolean(), fc.boolean()).map(
  ([place, message, output, sidechain, stops]) => {
    const event = makeResponse({
      ...place,
      id: `line-${message}-${output}-${sidechain}-${stops}`,
      message: `m${message}`,
      model: MODELS[message % MODELS.length]!,
      stop: stops ? "end_turn" : null,
      sidechain,
      input: 10 * message,
      cacheRead: 1000 * message,
      output: 7 * output,
      calls: stops ? 1 : undefined,
    });
    // Any line may tell on whose account a response goes.
    const account = output === 1
      ? { agent_type: literal("Explore") }
      : { skill: literal("debug") };
    return { ...event, payload: { ...event.payload, ...(output === 0 ? {} : account) } };
  },
);
/** Some calls name their response, as two of one response do; an older telling names none. */
const use = fc.tuple(place, few, fc.boolean()).map(([place, call, isLinked]) =>
  makeToolUse({
    ...place,
    id: `u${call}-${isLinked}`,
    use: `u${call}`,
    tool: TOOLS[call % 3]!,
    message: isLinked ? `m${call % 2}` : undefined,
  })
);
const result = fc.tuple(place, few, fc.constantFrom("ok", "rejected", "failed"), few).map(
  ([place, call, outcome, added]) =>
    makeToolResult({
      ...place,
      // One time, one result: what is told twice is the same.
      at: place.at + 3 * call + ["ok", "rejected", "failed"].indexOf(outcome),
      id: `r${call}-${outcome}-${added}`,
      use: `u${call}`,
      outcome,
      added: outcome === "ok" ? call : 0,
    }),
);
const prompt = fc.tuple(place, few).map(([place, id]) => makePrompt({ ...place, id: `p${id}` }));

/** A prompt whose line an old client copied: the same line at another time is the same prompt. */
const copied = fc.tuple(place, few).map(([place, line]) => {
  const event = makePrompt({ ...place, id: `c${line}-${place.at}` });
  return { ...event, metadata: { ...event.metadata, line: literal(`l${line}`) } };
});

const asking = fc.tuple(place, few).map(([place, call]) => {
  const event = makeEvent("permission_request", {
    ...place,
    id: `ask${call}-${place.session}-${place.at}`,
  }, {
    tool: literal(TOOLS[call % 3]!),
  });
  return { ...event, hookType: literal("PermissionRequest") };
});
const hook = fc.tuple(place, few, fc.constantFrom("default", "acceptEdits")).map(
  ([place, call, mode]) => {
    const event = makeEvent("tool_use", { ...place, id: `hook${call}-${place.at}` }, {
      tool_use_id: literal(`u${call}`),
      tool: literal(TOOLS[call % 3]!),
      permission_mode: literal(mode),
    });
    return { ...event, hookType: literal("PostToolUse") };
  },
);
/** Says since when a session's own file was written, so that a fork can be told from it. */
const native = place.map((place) =>
  makeEvent("activity", { ...place, id: `native-${place.at}` }, { native_at: place.at })
);

/** What else a person typed or did, and what happened to the context. */
const input = fc.tuple(
  place,
  few,
  fc.constantFrom(
    "slash_command" as const,
    "queued_prompt" as const,
    "interruption" as const,
    "context_compact" as const,
  ),
).map(([place, id, type]) =>
  makeEvent(type, { ...place, id: `${type}-${id}` }, { tokens_before: id })
);

/** Something typed behind one place or two; few places, so that many share one. */
const placed = fc.tuple(place, few, few, few).map(([place, id, first, second]) => {
  const event = makePrompt({ ...place, id: `t${id}-${place.at}` });
  return {
    ...event,
    metadata: { ...event.metadata, line: literal(`line${id}`) },
    payload: { ...event.payload, follows: [literal(`x${first}`), literal(`x${second}`)] },
  };
});
/** An answer that goes on from somewhere else. */
const stray = fc.tuple(place, few).map(([place, id]) => {
  const event = makeResponse({ ...place, id: `stray-${id}-${place.at}`, message: `m${id}` });
  return { ...event, payload: { ...event.payload, stray: true } };
});
const files = fc.tuple(place, few, fc.subarray(["f0", "f1"]), fc.subarray(["f0", "f1"])).map(
  ([place, id, files, gone]) =>
    makeEvent("file_snapshot", {
      ...place,
      id: `s${id}-${place.at}-${files.join("")}-${gone.join("")}`,
    }, {
      line: literal(`line${id}`),
      taken_at: place.at,
      files: files.map(literal),
      gone: gone.map(literal),
    }),
);
const change = fc.tuple(place, few, few).map(([place, id, file]) =>
  makeEvent("file_change", { ...place, id: `change${id}-${file}-${place.at}` }, {
    line: literal(`line${id}`),
    file: literal(`f${file % 2}`),
  })
);
const edit = fc.tuple(place, few).map(([place, call]) => {
  const event = makeToolUse({ ...place, id: `e${call}`, use: `u${call}`, extension: "ts" });
  return { ...event, payload: { ...event.payload, file: literal(`f${call % 2}`) } };
});
const commit = fc.tuple(place, few).map(([place, call]) => {
  const event = makeToolResult({ ...place, id: `k${call}-${place.at}`, use: `c${call}` });
  return { ...event, payload: { ...event.payload, git_commits: 1 } };
});
/** The two halves of a call that starts a sub-agent. */
const agent = fc.tuple(place, few, few, fc.boolean()).map(([place, call, id, isResult]) => {
  const event = isResult
    ? makeToolResult({ ...place, id: `a${call}-${id}-${place.at}`, use: `g${call}` })
    : makeToolUse({ ...place, id: `g${call}`, use: `g${call}`, tool: "Agent" });
  const told = isResult ? { agent_id: literal(`ag${id}`) } : { agent_type: literal(`ty${id}`) };
  return {
    ...event,
    metadata: { ...event.metadata, ...(id > 1 ? { agent_id: literal("ag9") } : {}) },
    payload: { ...event.payload, ...told },
  };
});
/** What the assistant tells of itself: of a call, of which nothing else may be known. */
const tracked = fc.tuple(
  place,
  few,
  fc.constantFrom("accepted", "rejected", "modified"),
  fc.constantFrom("edit", "fix", "other"),
  fc.constantFrom(
    "tracked_decision" as const,
    "reported_outcome" as const,
    "recorded_turn" as const,
    "feedback" as const,
  ),
).map(([place, call, outcome, kind, type]) =>
  makeEvent(type, {
    ...place,
    id: [type, call, outcome, kind, place.at, place.session].join("-"),
  }, {
    decision: factKey(`u${call}`),
    turn: call,
    outcome: literal(outcome),
    kind: literal(kind),
    rating: call,
    characters: 12,
  })
);

const told = fc.oneof(
  response,
  use,
  result,
  prompt,
  copied,
  asking,
  hook,
  native,
  input,
  fc.oneof(placed, stray, files, change, edit, commit, agent),
  tracked,
);

/** What hangs on each other most: typed lines, edits, and what is told of files and commits. */
export const editHistory = fc.array(
  fc.oneof(placed, stray, files, change, edit, commit, result),
  {
    minLength: 4,
    maxLength: 30,
  },
);

/** Lines of all kinds. */
export const history = fc.array(told, {
  minLength: 1,
  maxLength: 40,
});

/** Without what a recount does not know: hooks, and which of two forks was first. */
export const plainHistory = fc.array(fc.oneof(response, use, result, prompt), {
  minLength: 1,
  maxLength: 40,
});

/** A history told otherwise: in another order, partly more than once, in batches of a size. */
export const retold = history.chain(tellAgain);

/** The same of edits. */
export const retoldEdits = editHistory.chain(tellAgain);

function tellAgain(events: TelemetryEvent[]) {
  return fc.record({
    events: fc.constant(events),
    again: fc.shuffledSubarray([...events, ...events], { minLength: 0 }),
    order: fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
    batch: fc.integer({ min: 1, max: 9 }),
  });
}

/** A history, cut into batches. */
export function inBatches(events: readonly TelemetryEvent[], size: number): TelemetryEvent[][] {
  const batches: TelemetryEvent[][] = [];
  for (let at = 0; at < events.length; at += size) batches.push(events.slice(at, at + size));
  return batches;
}
