/** Tests of the lint rules on words: names, comments and messages. */

import assert from "node:assert/strict";
import { refusals } from "./refusals.ts";

/** The messages of `test-name` on one test called `name` (as source) in the file `path`. */
function naming(name: string, path = "tests/core/event_test.ts"): string[] {
  return refusals("test-name", path, `Deno.test(${name}, () => {});`);
}

Deno.test("platformName() refuses a platform's name outside its home", () => {
  const source = `const a = ["claude_code", "claude-code", "Claude Code", "cursor"];
const b = \`\${home}/claude_code/x\`, c = environment["CLAUDE_CONFIG_DIR"];
type Id = "cursor";`;

  assert.equal(refusals("platform-name", "core/event.ts", source).length, 7);
  assert.equal(refusals("platform-name", "web/page.tsx", "const a = <b>Cursor</b>;").length, 1);
});

Deno.test("platformName() accepts its homes, tests, and other words", () => {
  const words = `const a = ["the cursor is hidden", "Works with Claude Code and Cursor."];`;

  assert.deepEqual(refusals("platform-name", "cli/help.ts", words), []);
  for (const path of ["capture/registry.ts", "capture/cursor/a.ts", "tests/core/a_test.ts"]) {
    assert.deepEqual(refusals("platform-name", path, `const a = "cursor";`), []);
  }
});

Deno.test("errorMessage() refuses another beginning, and a full stop", () => {
  const sources = [
    `throw new Error("Unknown key");`,
    "throw new EventError(`${key} is unknown`);",
    `throw new RangeError("Cannot read the key: it is unknown.");`,
    "throw new TypeError(`Cannot read ${key}.`);",
    `throw new Error("Bad key: " + key);`,
  ];

  for (const source of sources) {
    assert.equal(refusals("error-message", "core/event.ts", source).length, 1, source);
  }
});

Deno.test("errorMessage() accepts the house form, and messages it cannot read", () => {
  const source = `throw new Error("Cannot read the key: it is unknown");
throw new EventError(\`Cannot read \${key}\`, { cause });
throw new Error(message);
throw new Error();
new Message("Hello.");`;

  assert.deepEqual(refusals("error-message", "core/event.ts", source), []);
});

Deno.test("exportedDoc() refuses exports without a comment of their own", () => {
  const source = `/** The file. */
export function a() {}
// A line is no doc.
export class B {}
/** Detached. */
const c = 1;
export interface D {}
export type E = 1;
export const f = 1;
export enum G {}
`;

  assert.equal(refusals("exported-doc", "core/a.ts", source).length, 6);
});

Deno.test("exportedDoc() accepts documented exports, overloads, and tests", () => {
  const source = `/** The file. */
import "./b.ts";
/** One. */
export function a(one: 1): void;
export function a(one: 2): void;
export function a() {}
/** Two. */
// deno-lint-ignore no-explicit-any
export const b: any = 1;
function c() {}
export { c };
`;

  assert.deepEqual(refusals("exported-doc", "core/a.ts", source), []);
  assert.deepEqual(refusals("exported-doc", "tests/helpers/a.ts", "export const a = 1;"), []);
});

Deno.test("fileDoc() refuses a file that does not begin with a sentence", () => {
  const begins = [
    "const a = 1;",
    "// A line of words.\n",
    "/* A plain block comment. */",
    "import './a.ts';\n/** Too late to say it. */",
    "/** @jsxImportSource hono/jsx */",
    "/** Event. */",
    "/** No full stop here */",
  ];

  for (const source of begins) {
    assert.equal(refusals("file-doc", "core/a.ts", source).length, 1, source);
  }
});

Deno.test("fileDoc() accepts one line, several, and a script's first line", () => {
  const begins = [
    "/** What an event is. */",
    "/**\n * What an event\n * is.\n */",
    "/** @module What an event is. */",
    "#!/usr/bin/env -S deno run\n/** What a tool does. */",
  ];

  for (const source of begins) {
    assert.deepEqual(refusals("file-doc", "core/a.ts", source), [], source);
  }
  assert.deepEqual(refusals("file-doc", "web/assets/live.js", "const a = 1;"), []);
});

Deno.test("testName() refuses names that do not say which symbol does what", () => {
  const names = [`"publish works"`, `"publish()"`, `"publish() should work"`, "`it ${does}`"];

  for (const name of names) assert.equal(naming(name).length, 1, name);
  const source = `Deno.test({ name: "works", fn() {} }); Deno.test.ignore("works", () => {});`;
  assert.equal(refusals("test-name", "tests/core/a_test.ts", source).length, 2);
});

Deno.test("testName() accepts the two forms, and names it cannot read", () => {
  const names = [
    `"publish() keeps the order"`,
    `"Broker.take() waits, when empty"`,
    `"blueplane metrics --watch draws again"`,
    "`${name}.publish() keeps the order`",
    "name",
  ];

  for (const name of names) assert.deepEqual(naming(name), [], name);
});

Deno.test("testName() asks e2e tests to begin with blueplane", () => {
  assert.equal(naming(`"serve() answers"`, "tests/e2e/serve_test.ts").length, 1);
  assert.deepEqual(naming(`"blueplane serve answers"`, "tests/e2e/serve_test.ts"), []);
});

Deno.test("fileName() refuses vague names, and names not in snake_case", () => {
  const paths = ["core/utils.ts", "web/common/table.ts", "core/types.d.ts", "core/eventStore.ts"];

  for (const path of paths) assert.equal(refusals("file-name", path, "").length, 1, path);
  assert.equal(refusals("file-name", "tests/core/event-test.ts", "").length, 1);
});

Deno.test("fileName() accepts snake_case, tests/helpers, and any fixture", () => {
  const paths = ["main.ts", "core/event_types.ts", "tests/helpers/a.ts", "tests/fixtures/A-b.ts"];

  for (const path of paths) assert.deepEqual(refusals("file-name", path, ""), [], path);
});

Deno.test("noTodo() refuses the marks in comments only", () => {
  const marks = ["TO" + "DO", "FIX" + "ME", "X".repeat(3)];

  for (const mark of marks) {
    assert.equal(refusals("no-todo", "core/a.ts", `// ${mark}: later`).length, 1, mark);
    assert.deepEqual(refusals("no-todo", "core/a.ts", `const a = "${mark}";`), [], mark);
  }
});
