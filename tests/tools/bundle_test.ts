/** Tests of what a failed bundle says. */

import { equal } from "node:assert/strict";
import { bundleProblem } from "../../tools/bundle.ts";

Deno.test("bundleProblem() names the first error and its place, when code is at fault", () => {
  const stderr = `deno bundle is experimental and subject to changes
error: SyntaxError: Unexpected token
  |
1 | let x: = 3
  |        ~
    at file:///project/main.ts:1:8
error: bundling failed

Stack backtrace:
   0: <unknown>
`;
  equal(bundleProblem(stderr), "SyntaxError: Unexpected token at file:///project/main.ts:1:8");
});

Deno.test("bundleProblem() leaves out the place and the full stop, when there are such", () => {
  equal(bundleProblem("error: Module not found.\n"), "Module not found");
});

Deno.test("bundleProblem() says something, when nothing was written", () => {
  equal(bundleProblem(""), "the code cannot be bundled");
});
