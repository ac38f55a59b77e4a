/** Tests of `capture/claude_code/line_links.ts`, through the parser that uses it. */

import assert from "node:assert/strict";
import type { TelemetryEvent } from "../../../core/event.ts";
import { readSafeText } from "../../../core/privacy.ts";
import {
  assistantLine,
  checkpointOf,
  type Line,
  makeLine,
  makeParser,
  parseLines,
  resultLine,
  userLine,
  uuidOf,
} from "./lines.ts";

/** A line behind another one, by their numbers; 0 is behind none. */
function behind(line: Line, number: number, before: number): Line {
  return { ...line, uuid: uuidOf(number), parentUuid: before === 0 ? null : uuidOf(before) };
}

function prompt(number: number, before: number, text = `prompt ${number}`): Line {
  return behind(userLine(text, {}, number), number, before);
}

function answer(number: number, before: number, message: Line = {}): Line {
  return behind(assistantLine({ id: `msg_${number}`, ...message }, {}, number), number, before);
}

/** A line that tells of nothing. */
function note(number: number, before: number): Line {
  return behind(makeLine("attachment", number, { attachment: { type: "date" } }), number, before);
}

/** A short id, as an event tells it. */
function short(number: number): string {
  return `000000${uuidOf(number).slice(-6)}`;
}

/** What each typed line follows. */
function followed(events: readonly TelemetryEvent[]): unknown[] {
  return events.filter(({ eventType }) => eventType === "user_prompt")
    .map(({ payload }) => payload.follows);
}

function strays(events: readonly TelemetryEvent[]): number {
  return events.filter(({ payload }) => payload.stray === true).length;
}

Deno.test("LineLinks.places() end at the line before that tells of something", () => {
  const events = parseLines(prompt(1, 0), answer(2, 1), note(3, 2), note(4, 3), prompt(5, 4));

  assert.deepEqual(followed(events), [["begin"], [short(4), short(3), short(2)]]);
});

Deno.test("LineLinks.places() of a line in another's place have one in common with it", () => {
  const lines = [
    prompt(1, 0),
    answer(2, 1),
    note(3, 2),
    prompt(4, 3),
    answer(5, 4),
    prompt(6, 3),
  ];

  assert.deepEqual(followed(parseLines(...lines)).slice(1), [[short(3), short(2)], [short(3)]]);
});

Deno.test("LineLinks.places() do not go past a turn's end into the turn", () => {
  const end = makeLine("system", 3, { subtype: "turn_duration", durationMs: 5 });
  const events = parseLines(prompt(1, 0), answer(2, 1), behind(end, 3, 2), prompt(4, 3));

  assert.deepEqual(followed(events)[1], [short(3), short(2)]);
});

Deno.test("LineLinks.places() do not go past a compaction", () => {
  const boundary = {
    ...makeLine("system", 3, { subtype: "compact_boundary", logicalParentUuid: uuidOf(2) }),
    parentUuid: null,
  };
  const summary = behind(userLine("so far", { isCompactSummary: true }, 4), 4, 3);
  const events = parseLines(prompt(1, 0), answer(2, 1), boundary, summary, prompt(5, 4));

  assert.deepEqual(followed(events)[1], [short(4), short(3)]);
});

Deno.test("LineLinks.places() are none in a file that keeps no chain", () => {
  const events = parseLines(prompt(1, 0), answer(2, 0), prompt(3, 0));

  assert.deepEqual(followed(events), [["begin"], undefined]);
});

Deno.test("LineLinks.places() are none of a plan that was granted, nor of a side chain", () => {
  const side = { ...prompt(2, 1), isSidechain: true };
  const events = parseLines(side, prompt(3, 0, "Implement the following plan:\n\n# Plan"));

  assert.deepEqual(events.map(({ payload }) => payload.follows), [undefined, undefined]);
});

Deno.test("LineLinks.isStray() is no answer to calls side by side", () => {
  const call = (id: string) => ({ content: [{ type: "tool_use", id, name: "Read", input: {} }] });
  const result = (id: string, number: number, before: number) =>
    behind(resultLine({ tool_use_id: id }, {}, number), number, before);
  const events = parseLines(
    prompt(1, 0),
    answer(2, 1, call("toolu_a")),
    answer(3, 2, call("toolu_b")),
    result("toolu_a", 4, 2),
    result("toolu_b", 5, 3),
    answer(6, 5),
  );

  assert.equal(strays(events), 0);
});

Deno.test("LineLinks.isStray() is an answer behind a line before what was typed last", () => {
  const lines = [prompt(1, 0), answer(2, 1), prompt(3, 1), answer(4, 2), answer(5, 3)];

  assert.equal(strays(parseLines(...lines)), 1);
});

Deno.test("LineLinks.note() leaves all that is to be known of the lines before", () => {
  const lines = [
    prompt(1, 0),
    answer(2, 1),
    note(3, 2),
    prompt(4, 3),
    note(5, 4),
    answer(6, 5),
    prompt(7, 3),
    answer(8, 6),
    answer(9, 0),
    prompt(10, 0),
  ];
  const whole = parseLines(...lines);

  for (let cut = 1; cut < lines.length; cut++) {
    const first = makeParser();
    const events = lines.slice(0, cut).flatMap((line) => first.parse(line) ?? []);
    const second = makeParser({ before: checkpointOf(first) });
    events.push(...lines.slice(cut).flatMap((line) => second.parse(line) ?? []));
    assert.deepEqual(events, whole, `cut at ${cut}`);
  }
});

Deno.test("LineLinks.note() keeps little, however many lines tell of nothing", () => {
  const parser = makeParser();
  parser.parse(prompt(1, 0));
  for (let number = 2; number < 2000; number++) parser.parse(note(number, number - 1));

  const { links } = JSON.parse(parser.state);
  // A queue takes no position that holds any other text.
  assert.ok(links.lines.every((text: string) => readSafeText(text) !== undefined));
  assert.ok(parser.state.length < 1500, `${parser.state.length} characters`);
  const [event] = parser.parse(prompt(2000, 1999)) ?? [];
  assert.equal((event?.payload.follows as unknown[]).length, 12);
});
