/** Tests of `capture/settings_lists.ts`: our entries come and go, all else stays. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { hookLists, isOwnHook } from "../../capture/claude_code/hook_set.ts";
import {
  addToLists,
  emptyLists,
  isBare,
  ownLists,
  SettingsError,
  takeFromLists,
} from "../../capture/settings_lists.ts";
import { jsoncValue, parseJsonc } from "../../core/jsonc.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { jsoncTexts } from "./jsonc_texts.ts";

const TARGET = { program: "/usr/bin/blueplane", origin: "http://127.0.0.1:7531" };
const LISTS = hookLists("2.1.330", TARGET);
const OWN = { type: "command", command: "/usr/bin/blueplane hook claude-code", timeout: 1 };
const COMMENT = /c\d+, \}\]/g;

type Lists = Record<string, unknown[]>;

function valueOf(text: string): Record<string, unknown> {
  return plain(jsoncValue(parseJsonc(text)) as Record<string, unknown>);
}

/** As JSON has it: without prototypes and negative zeros. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function commentsOf(text: string): string[] {
  return [...text.matchAll(COMMENT)].map(([comment]) => comment).sort();
}

Deno.test("addToLists() adds to the ends of the lists and changes nothing else", () => {
  fc.assert(
    fc.property(jsoncTexts(), ({ text, value }) => {
      const added = addToLists(text, LISTS);

      const { hooks, ...others } = valueOf(added) as { hooks: Lists };
      const { hooks: before = {}, ...othersBefore } = plain(value) as { hooks?: Lists };
      assert.deepEqual(others, othersBefore);
      for (const name of new Set([...Object.keys(before), ...Object.keys(LISTS)])) {
        assert.deepEqual(hooks[name], [...before[name] ?? [], ...LISTS[name] ?? []]);
      }
      assert.deepEqual(commentsOf(added), commentsOf(text));
      assert.deepEqual(plain(ownLists(added, isOwnHook)), LISTS);
    }),
    fcRuns(300),
  );
});

Deno.test("takeFromLists() takes out what was added, and what is empty without it", () => {
  fc.assert(
    fc.property(jsoncTexts(), ({ text, value }) => {
      const kept = emptyLists(text);

      const taken = takeFromLists(addToLists(text, LISTS), isOwnHook, kept);

      assert.deepEqual(valueOf(taken), plain(value));
      assert.deepEqual(commentsOf(taken), commentsOf(text));
      assert.deepEqual(ownLists(taken, isOwnHook), {});
    }),
    fcRuns(300),
  );
});

Deno.test("takeFromLists() gives the same bytes, when nothing had to be made", () => {
  fc.assert(
    fc.property(jsoncTexts(), ({ text, value }) => {
      fc.pre(Object.keys(value).length > 0);
      const lists = Object.values(value.hooks ?? {}) as unknown[][];
      fc.pre(lists.every((list) => list.length > 0));
      fc.pre(value.hooks === undefined || lists.length > 0);

      const taken = takeFromLists(addToLists(text, LISTS), isOwnHook, []);

      assert.equal(taken, text);
    }),
    fcRuns(300),
  );
});

Deno.test("takeFromLists() leaves a text alone, when nothing of ours is in it", () => {
  fc.assert(
    fc.property(jsoncTexts(), ({ text }) => {
      assert.equal(takeFromLists(text, isOwnHook), text);
    }),
    fcRuns(),
  );
});

Deno.test("takeFromLists() takes an entry out of a group that someone else made", () => {
  const other = { type: "command", command: "say done" };
  const text = JSON.stringify({ hooks: { Stop: [{ matcher: "x", hooks: [other, OWN] }] } });

  assert.deepEqual(valueOf(takeFromLists(text, isOwnHook)), {
    hooks: { Stop: [{ matcher: "x", hooks: [other] }] },
  });
});

Deno.test("takeFromLists() takes a whole group out, when nothing is left in it", () => {
  const text = JSON.stringify({ a: 1, hooks: { Stop: [{ matcher: "x", hooks: [OWN, OWN] }] } });

  assert.equal(takeFromLists(text, isOwnHook), '{"a":1}');
});

Deno.test("addToLists() makes a whole text, when there was none", () => {
  for (const text of ["", "\n", "  "]) {
    assert.deepEqual(valueOf(addToLists(text, LISTS)), { hooks: LISTS });
    assert.equal(takeFromLists(text, isOwnHook), text);
    assert.deepEqual(ownLists(text, isOwnHook), {});
  }
});

Deno.test("addToLists() makes nothing, when there is nothing to add", () => {
  assert.equal(addToLists('{"a": 1}', {}), '{"a": 1}');
});

for (
  const [text, why] of [
    ["{", /no valid JSON, close brace expected in line 1/],
    ['{"a": 1,,}', /no valid JSON/],
    ["[]", /no object/],
    ["null", /no object/],
    ['{"hooks": []}', /"hooks" is no object/],
    ['{"hooks": null}', /"hooks" is no object/],
    ['{"hooks": {"Stop": {}}}', /"Stop" is no list/],
    ['{"hooks": {}, "hooks": {}}', /"hooks" is there twice/],
    ['{"hooks": {"Stop": [], "Stop": []}}', /"Stop" is there twice/],
  ] as const
) {
  Deno.test(`addToLists() refuses ${text}`, () => {
    assert.throws(
      () => addToLists(text, LISTS),
      (error) => error instanceof SettingsError && why.test(error.message),
    );
  });
}

Deno.test("addToLists() says what the file must say, unless it does", () => {
  const frame = { version: 1 };
  const lists = { stop: [{ a: 1 }] };

  assert.equal(
    addToLists("", lists, frame),
    '{\n  "version": 1,\n  "hooks": {\n    "stop": [\n      {\n        "a": 1\n' +
      "      }\n    ]\n  }\n}\n",
  );
  assert.equal(
    addToLists('{"hooks":{"stop":[]}}', lists, frame),
    '{"hooks":{"stop":[{"a":1}]},"version":1}',
  );
  assert.equal(
    addToLists('{"version": 1, "hooks":{"stop":[]}}', lists, frame),
    '{"version": 1, "hooks":{"stop":[{"a":1}]}}',
  );
});

Deno.test("addToLists() refuses a file of another version than it can write", () => {
  for (const version of [2, "1", null]) {
    assert.throws(
      () => addToLists(JSON.stringify({ version }), { stop: [] }, { version: 1 }),
      (error) => error instanceof SettingsError && /"version" is not 1$/.test(error.message),
    );
  }
});

Deno.test("isBare() knows what is left when there is nothing but what must be said", () => {
  for (const text of ["{}", "{ }\n", '{\n  "version": 1\n}\n']) {
    assert.ok(isBare(text, { version: 1 }), text);
  }
  for (const text of ['{"version": 2}', '{"version": 1} // mine', '{"a": 1}', ""]) {
    assert.ok(!isBare(text, { version: 1 }), text);
  }
});
