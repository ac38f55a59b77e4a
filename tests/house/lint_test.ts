/** Tests of the lint plug-in: its list, and its rules on the shape of code. */

import assert from "node:assert/strict";
import plugin from "./lint.ts";
import { refusals } from "./refusals.ts";

Deno.test("lint() finds nothing in a small file that keeps all rules", () => {
  const source = `/** The sum of a list of numbers. */

/** Adds up \`numbers\`; 0 for none. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
`;

  const found = Object.keys(plugin.rules).flatMap((rule) =>
    refusals(rule, "core/sum.ts", source)
  );

  assert.deepEqual(found, []);
});

Deno.test("noBarrel() refuses what is exported from elsewhere", () => {
  const source = `export * from "./a.ts";
export * as b from "./b.ts";
export { c } from "./c.ts";
export type { D } from "./d.ts";`;

  assert.equal(refusals("no-barrel", "core/event.ts", source).length, 4);
});

Deno.test("noBarrel() accepts a list of the module's own names", () => {
  assert.deepEqual(refusals("no-barrel", "core/event.ts", "const a = 1; export { a };"), []);
});

Deno.test("noDefaultExport() refuses both ways to write one", () => {
  const source = "const a = 1; export default a; export { a as default };";

  assert.equal(refusals("no-default-export", "tests/core/a_test.ts", source).length, 2);
});

Deno.test("noDefaultExport() accepts named exports, and the plug-in's own default", () => {
  assert.deepEqual(refusals("no-default-export", "core/a.ts", "export const a = 1;"), []);
  assert.deepEqual(refusals("no-default-export", "tests/house/lint.ts", "export default 1;"), []);
});

Deno.test("noPrivateKeyword() refuses it on fields, methods and parameters", () => {
  const source = `abstract class Store {
  private readonly rows = 1;
  protected abstract path: string;
  protected abstract open(): void;
  public close() {}
  constructor(private readonly name: string) {}
}`;

  const found = refusals("no-private-keyword", "core/store.ts", source);

  assert.equal(found.length, 5);
  assert.match(found[0] ?? "", /use #name/);
});

Deno.test("noPrivateKeyword() accepts #names and readonly", () => {
  const source = "class Store { #rows = 1; readonly name = 2; #open() {} }";

  assert.deepEqual(refusals("no-private-keyword", "core/store.ts", source), []);
});

Deno.test("topLevelFunction() refuses functions held by variables", () => {
  const source = `export const a = () => 1;
const b = async function () {};
const c = 1, d = ((x) => x) satisfies (x: number) => number;`;

  assert.equal(refusals("top-level-function", "core/a.ts", source).length, 3);
});

Deno.test("topLevelFunction() accepts declarations, and arrows inside them", () => {
  const source = "function a() { const b = () => 1; return b; } const c = [() => 1];";

  assert.deepEqual(refusals("top-level-function", "core/a.ts", source), []);
});

Deno.test("noConsole() refuses console in the product", () => {
  const source = "console.log(1); globalThis.console.log(2); const { log } = console;";

  assert.equal(refusals("no-console", "core/a.ts", source).length, 3);
});

Deno.test("noConsole() accepts other things of that name, and tools", () => {
  const source = "page.console.on(1); const options = { console: 1 };";

  assert.deepEqual(refusals("no-console", "core/a.ts", source), []);
  assert.deepEqual(refusals("no-console", "tools/demo.ts", "console.log(1);"), []);
});

Deno.test("noHiddenGlobals() refuses clock, chance and environment", () => {
  const source = `import { env } from "node:process";
Date.now(); globalThis.Date.now(); new Date(); Date(); const read = performance.now;
Math["random"](); Deno.env.get("HOME"); process.env.HOME; Temporal.Now.instant();`;

  assert.equal(refusals("no-hidden-globals", "core/a.ts", source).length, 10);
  assert.equal(refusals("no-hidden-globals", "main.ts", "Date.now();").length, 1);
  assert.equal(refusals("no-hidden-globals", "core/clock.ts", "Deno.env.get('A');").length, 1);
});

Deno.test("noHiddenGlobals() accepts each in its home, and what is not hidden", () => {
  const source = "new Date(0); crypto.randomUUID(); clock.now(); Date.parse(text);";

  assert.deepEqual(refusals("no-hidden-globals", "core/a.ts", source), []);
  assert.deepEqual(refusals("no-hidden-globals", "core/clock.ts", "Date.now();"), []);
  assert.deepEqual(refusals("no-hidden-globals", "main.ts", "Deno.env.toObject();"), []);
  assert.deepEqual(refusals("no-hidden-globals", "tests/core/a_test.ts", "new Date();"), []);
});

Deno.test("noEmptyCatch() refuses a block that only comments", () => {
  const source = "try { a(); } catch { /* no matter */ }";

  assert.equal(refusals("no-empty-catch", "core/a.ts", source).length, 1);
});

Deno.test("noEmptyCatch() accepts a block that acts", () => {
  const source = "try { a(); } catch (error) { if (!isGone(error)) throw error; }";

  assert.deepEqual(refusals("no-empty-catch", "core/a.ts", source), []);
});

Deno.test("functionLength() refuses 71 lines of function, method or test", () => {
  const body = "\n".repeat(70);
  const sources = [
    `function a() {${body}}`,
    `class A { a() {${body}} }`,
    `Deno.test("a() works", () => {${body}});`,
  ];

  for (const source of sources) {
    assert.equal(refusals("function-length", "tests/core/a_test.ts", source).length, 1);
  }
});

Deno.test("functionLength() accepts 70 lines", () => {
  const source = `function a() {${"\n".repeat(69)}}`;

  assert.deepEqual(refusals("function-length", "core/a.ts", source), []);
});
