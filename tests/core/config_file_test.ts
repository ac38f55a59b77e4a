/** Tests of `config.json` taken apart and changed: places, problems, and untouched comments. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { readConfigFile, setInFile, unsetInFile } from "../../core/config_file.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const KEYS = ["web.host", "web.port", "redis.url"];

Deno.test("readConfigFile() gives each value with its place", () => {
  const text = '{\n  "$schema": "x", // mine\n  "web": { "port": 8000,\n    "host": "::1" }\n}';
  assert.deepEqual(readConfigFile(text, KEYS), {
    entries: [
      { line: 3, column: 20, key: "web.port", value: 8000 },
      { line: 4, column: 13, key: "web.host", value: "::1" },
    ],
    problems: [],
  });
});

Deno.test("readConfigFile() finds everything that does not belong there, with its place", () => {
  const text = '{\n  "web": { "prt": 1, "port": [1] },\n  "x": 1\n}';
  assert.deepEqual(readConfigFile(text, KEYS).problems, [
    { line: 2, column: 12, what: "", unknown: "web.prt" },
    {
      line: 2,
      column: 22,
      what: "web.port must be a text, a number, true, false or a list of texts",
    },
    { line: 3, column: 3, what: "", unknown: "x" },
  ]);
});

Deno.test("readConfigFile() passes over a byte order mark", () => {
  const { entries } = readConfigFile('\ufeff{"web": {"port": 1}}', KEYS);
  assert.deepEqual(entries, [{ line: 1, column: 18, key: "web.port", value: 1 }]);
});

Deno.test("readConfigFile() finds where a text is no JSON, or no object", () => {
  assert.deepEqual(readConfigFile('{\n  "web" 1\n}', KEYS).problems, [
    { line: 2, column: 9, what: "colon expected" },
  ]);
  assert.deepEqual(readConfigFile(" []", KEYS).problems, [
    { line: 1, column: 2, what: "it is no object" },
  ]);
});

Deno.test("setInFile() begins a file that names its schema", () => {
  for (const before of [undefined, "", "\n"]) {
    const text = setInFile(before, "web.port", 1);
    assert.equal(
      text,
      '{\n  "$schema": "./config.schema.json",\n  "web": {\n    "port": 1\n  }\n}\n',
    );
  }
});

const SET: readonly (readonly [string, string, string])[] = [
  ["in its place", '{"web": {"port": 1 /* a */}} // b', '{"web": {"port": 2 /* a */}} // b'],
  ["in its section", '{"web": {"host": "::1"}}', '{"web": {"host": "::1","port":2}}'],
  ["in a section of its own", '{"redis": {}}', '{"redis": {},"web":{"port":2}}'],
  [
    "where the last one counts",
    '{"web": {"port": 1, "port": 3}}',
    '{"web": {"port": 1, "port": 2}}',
  ],
];

for (const [where, before, after] of SET) {
  Deno.test(`setInFile() sets a value ${where}`, () => {
    assert.equal(setInFile(before, "web.port", 2), after);
  });
}

const UNSET: readonly (readonly [string, string, string])[] = [
  ["alone", '{"web": {"host": "::1", "port": 1}}', '{"web": {"host": "::1"}}'],
  ["with its section, when it is the last", '{"a": 1, "web": {"port": 1}}', '{"a": 1}'],
  ["but not a comment", '{"web": {"port": 1 /* a */}}', '{"web": { /* a */}}'],
  ["wherever it is", '{"web": {"port": 1}, "web": {"port": 2}}', "{}"],
  ["if it is there", '{"web": {"host": "//"}} // a', '{"web": {"host": "//"}} // a'],
];

for (const [how, before, after] of UNSET) {
  Deno.test(`unsetInFile() takes a value out, ${how}`, () => {
    assert.equal(unsetInFile(before, "web.port"), after);
  });
}

Deno.test("unsetInFile() undoes setInFile(), and neither touches another value", () => {
  const file = fc.record({
    web: fc.record({ host: fc.constantFrom("::1", "127.0.0.1") }, { requiredKeys: [] }),
    redis: fc.record({ url: fc.string() }, { requiredKeys: [] }),
  }, { requiredKeys: [] });
  const style = fc.constantFrom(undefined, 2, "\t");
  const values = (text: string) =>
    readConfigFile(text, KEYS).entries.map(({ key, value }) => [key, value]);
  fc.assert(
    fc.property(file, style, fc.nat(65_535), (json, space, port) => {
      const before = JSON.stringify(json, null, space);
      const set = setInFile(before, "web.port", port);
      const others = values(before);
      assert.deepEqual(
        new Map(values(set) as never),
        new Map([...others, ["web.port", port]] as never),
      );
      assert.deepEqual(values(unsetInFile(set, "web.port")), others);
    }),
    fcRuns(),
  );
});
