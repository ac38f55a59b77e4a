/** Tests of `core/jsonc.ts`: an edit changes what it says and no other byte. */

import assert from "node:assert/strict";
import {
  addElement,
  addProperty,
  JsoncError,
  jsoncValue,
  parseJsonc,
  placeIn,
  propertiesOf,
  removeItem,
  replaceNode,
  replaceValue,
  writtenIn,
} from "../../core/jsonc.ts";

const ADDED: readonly (readonly [string, string, string])[] = [
  ["an empty object", "{}", '{\n  "x": [\n    1\n  ]\n}'],
  ["an empty object with white space", "{ }\n", '{\n  "x": [\n    1\n  ]\n }\n'],
  ["one line", '{"a":1}', '{"a":1,"x":[1]}'],
  ["several lines", '{\n  "a": 1\n}\n', '{\n  "a": 1,\n  "x": [\n    1\n  ]\n}\n'],
  ["tabs", '{\n\t"a": 1\n}', '{\n\t"a": 1,\n\t"x": [\n\t\t1\n\t]\n}'],
  ["CRLF", '{\r\n "a": 1\r\n}', '{\r\n "a": 1,\r\n "x": [\r\n  1\r\n ]\r\n}'],
  ["a trailing comma", '{\n  "a": 1, // b\n}', '{\n  "a": 1,\n  "x": [\n    1\n  ], // b\n}'],
  ["a comment alone", "{ // a\n}", '{\n  "x": [\n    1\n  ] // a\n}'],
  ["a block comment alone", "{\n/* a */ }", '{\n  "x": [\n    1\n  ]\n/* a */ }'],
];

for (const [what, before, after] of ADDED) {
  Deno.test(`addProperty() keeps to the style of the text, when that is ${what}`, () => {
    const text = addProperty(before, parseJsonc(before), "x", [1]);

    assert.equal(text, after);
    assert.deepEqual((jsoncValue(parseJsonc(text)) as { x: unknown }).x, [1]);
  });
}

Deno.test("addElement() puts an element behind the last one", () => {
  const before = '{\n  "a": [\n    1 // one\n  ]\n}';
  const [array] = propertiesOf(parseJsonc(before), "a");

  assert.equal(addElement(before, array!, 2), '{\n  "a": [\n    1,\n    2 // one\n  ]\n}');
});

/** What is removed is the property "x" or the element 0. */
const REMOVED: readonly (readonly [string, string, string])[] = [
  ["the only one", '{"x": 1}', "{}"],
  ["the only one, with a comma", '{\n  "x": 1,\n}', "{}"],
  ["the only one, beside a comment", '{\n  // a\n  "x": 1\n}', "{\n  // a\n  \n}"],
  ["the first", '{\n  "x": 1,\n  "a": 2\n}', '{\n  "a": 2\n}'],
  ["the first, before a comment", '{ "x": 1, /* a, */ "a": 2 }', '{  /* a, */ "a": 2 }'],
  ["the last", '{\n  "a": 2,\n  "x": 1\n}', '{\n  "a": 2\n}'],
  ["the last, with a comma", '{\n  "a": 2,\n  "x": 1,\n}', '{\n  "a": 2,\n}'],
  ["the last, behind a comment", '{\n  "a": 2, // b,\n  "x": 1\n}', '{\n  "a": 2 // b,\n  \n}'],
  ["one in the middle", '{"a": 1, "x": 1, "b": 2}', '{"a": 1, "b": 2}'],
];

for (const [what, before, after] of REMOVED) {
  Deno.test(`removeItem() takes out a property, when it is ${what}`, () => {
    const [value] = propertiesOf(parseJsonc(before), "x");

    const text = removeItem(before, value!.parent!);

    assert.equal(text, after);
    assert.equal("x" in (jsoncValue(parseJsonc(text)) as object), false);
  });
}

Deno.test("removeItem() takes out an element", () => {
  const text = "[1, [0], 2]";
  const [, list] = parseJsonc(text).children!;

  assert.equal(removeItem(text, list!.children![0]!), "[1, [], 2]");
  assert.equal(removeItem(text, list!), "[1, 2]");
});

Deno.test("propertiesOf() finds every property of a name", () => {
  const found = propertiesOf(parseJsonc('{"a": 1, "b": {"a": 2}, "a": 3}'), "a");

  assert.deepEqual(found.map(jsoncValue), [1, 3]);
});

for (
  const [text, line] of [["", 1], ["{", 1], ['{\n"a": }', 2], ["[1] 2", 1], ["\n\n{'a': 1}", 3]]
) {
  Deno.test(`parseJsonc() names line ${line} of ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => parseJsonc(String(text)),
      (error) => error instanceof JsoncError && error.message.endsWith(`in line ${line}`),
    );
  });
}

Deno.test("placeIn() counts lines and columns as editors do", () => {
  assert.deepEqual(placeIn("ab\nc", 0), { line: 1, column: 1 });
  assert.deepEqual(placeIn("ab\nc", 2), { line: 1, column: 3 });
  assert.deepEqual(placeIn("ab\nc", 4), { line: 2, column: 2 });
});

Deno.test("replaceValue() changes the value and no other byte", () => {
  const before = '{ /* a */ "x" : [1, 2] , // b\n}';
  const [node] = propertiesOf(parseJsonc(before), "x");

  assert.equal(replaceValue(before, node!, "new"), '{ /* a */ "x" : "new" , // b\n}');
});

Deno.test("replaceNode() puts a value back as writtenIn() has it, with its comments", () => {
  const before = '{ "x": [1, /* a */ 2] }', after = '{"y":1,"x":0}';
  const [old] = propertiesOf(parseJsonc(before), "x"),
    [node] = propertiesOf(parseJsonc(after), "x");

  const text = replaceNode(after, node!, writtenIn(before, old!));

  assert.equal(text, '{"y":1,"x":[1, /* a */ 2]}');
});
