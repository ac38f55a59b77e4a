/** Tests of the bundle: what a failed one says, and what stays as it is in a small one. */

import { equal } from "node:assert/strict";
import { bundleProblem, keptDeclarations } from "../../tools/bundle.ts";

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

Deno.test("keptDeclarations() has something follow what `using` declares, wherever it ends", () => {
  const code = [
    "function isHeld() {",
    "  using lock = take();",
    "  return lock === void 0;",
    "}",
    "  await using source = await open(at, {",
    "    onNews: () => {",
    "      bell.ring();",
    "    }",
    "  });",
    "  const using2 = 1;",
  ].join("\n");

  equal(
    keptDeclarations(code),
    code.replace("take();", "take(), kept_1 = null;").replace(
      "\n  });",
      "\n  }), kept_8 = null;",
    ),
  );
});
