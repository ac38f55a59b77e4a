/** Tests of what goes with a category that is off. */

import { deepEqual, equal } from "node:assert/strict";
import {
  isOffCategory,
  OFF_CATEGORIES,
  type OffCategory,
  withoutCategories,
} from "../../core/capture_choices.ts";
import { EVENT_TYPES, type TelemetryEvent } from "../../core/event.ts";
import { PAYLOAD_FIELDS } from "../../capture/posted_fields.ts";
import { literal } from "../../core/privacy.ts";
import { SESSION_GAUGES } from "../../core/session_counts.ts";
import { makeEvent, makePrompt, makeResponse, makeToolResult } from "../helpers/events.ts";

const NAMES = Object.keys(OFF_CATEGORIES) as OffCategory[];

function told(event: TelemetryEvent, ...off: OffCategory[]): string[] | undefined {
  const left = withoutCategories(event, off);
  return left && [...Object.keys(left.payload), ...Object.keys(left.metadata)];
}

/** An event of any type with every field that a category takes, and one that none takes. */
function full(type: TelemetryEvent["eventType"]): TelemetryEvent {
  const fields = Object.values(OFF_CATEGORIES)
    .flatMap((category) => "fields" in category ? [...category.fields] : []);
  const record = Object.fromEntries([...fields, "kept"].map((name) => [name, 1]));
  const event = makeEvent(type, { id: "e" }, record);
  return { ...event, metadata: record };
}

Deno.test("withoutCategories() takes all fields and events of each category, and no other", () => {
  for (const type of EVENT_TYPES) {
    for (const name of NAMES) {
      const category: { types?: readonly string[]; fields?: readonly string[]; of?: unknown[] } =
        OFF_CATEGORIES[name] as never;
      const left = told(full(type), name);
      if (category.types?.includes(type)) equal(left, undefined);
      else if (!category.of || category.of.includes(type)) {
        deepEqual(left!.filter((field) => category.fields?.includes(field)), []);
        equal(left!.filter((field) => field === "kept").length, 2);
      } else deepEqual(left, told(full(type)));
    }
  }
});

Deno.test("withoutCategories() leaves tokens unknown, not 0, when cost is off", () => {
  const { payload } = withoutCategories(makeResponse({ id: "m", output: 7 }), ["cost"])!;
  deepEqual(Object.keys(payload).sort(), ["message_id", "model", "stop_reason", "tokens"]);
  equal(payload.tokens, "not_kept");
});

Deno.test("withoutCategories() leaves no number of tokens and no cost when cost is off", () => {
  const names = [...Object.keys(PAYLOAD_FIELDS), ...SESSION_GAUGES]
    .filter((name) => /_tokens$|^tokens_|micros$/.test(name));
  const record = Object.fromEntries(names.map((name) => [name, 1]));

  const left = EVENT_TYPES.flatMap((type) =>
    told(makeEvent(type, { id: "e" }, record), "cost") ?? []
  );

  deepEqual([names.length > 9, left.filter((name) => names.includes(name))], [true, []]);
});

Deno.test("withoutCategories() takes sizes of what is typed, and leaves those of results", () => {
  deepEqual(withoutCategories(makePrompt({ id: "p" }), ["prompts"])!.payload, {});
  const result = makeToolResult({ id: "r", use: "u", added: 2 });
  const sized = { ...result, payload: { ...result.payload, characters: 9 } };
  equal(withoutCategories(sized, ["prompts"])!.payload.characters, 9);
  const left = withoutCategories(sized, ["lines", "prompts", "git"])!.payload;
  deepEqual(left, { tool_use_id: literal("u"), outcome: literal("ok"), characters: 9 });
});

Deno.test("isOffCategory() knows the names", () => {
  deepEqual(["files", "git", "toString", ""].map(isOffCategory), [true, true, false, false]);
});
