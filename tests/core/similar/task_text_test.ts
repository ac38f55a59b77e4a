/** Tests of `core/similar/task_text.ts`. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { FILE_EXTENSIONS } from "../../../core/file_extensions.ts";
import { taskFeatures } from "../../../core/similar/task_text.ts";
import { TASK_COMMANDS, TASK_SIZES } from "../../../core/task_features.ts";
import { TOOL_CLASSES } from "../../../core/tool_classes.ts";
import { fcRuns } from "../../helpers/fc_runs.ts";

for (
  const [text, tools, extensions, commands, size] of [
    ["fix the failing tests in foo.ts", ["edit"], ["ts"], ["test"], null],
    ["Fix a typo in README.md", ["edit"], ["md"], [], "small"],
    ["Rewrite the parser from scratch in Rust", [], ["rs"], [], "large"],
    ["commit and open a pull request", [], [], ["git"], null],
    ["where is the config read? explain", ["read", "search"], [], [], null],
    ["upgrade dependencies, then build", [], [], ["build", "package"], null],
    ["a small rewrite of everything", [], [], [], null],
    ["e.g. see www.example.com, version 2.1.c3 of it", [], [], [], null],
    ["", [], [], [], null],
  ] as [string, string[], string[], string[], string | null][]
) {
  Deno.test(`taskFeatures() reads of a task what lists have: ${text || "none"}`, () => {
    const found = taskFeatures(text);

    assert.deepEqual([found.tools.toSorted(), found.extensions, found.commands.toSorted()], [
      tools,
      extensions,
      commands,
    ]);
    assert.equal(found.size, size);
  });
}

Deno.test("taskFeatures() lets nothing of a text through but words of closed lists", () => {
  const lists = new Set<string>([
    ...FILE_EXTENSIONS,
    ...TOOL_CLASSES,
    ...TASK_COMMANDS,
    ...TASK_SIZES,
  ]);
  const part = fc.oneof(fc.string(), fc.constantFrom("fix", "a.ts", "test", ".secret", "x.zz"));
  fc.assert(
    fc.property(fc.array(part).map((parts) => parts.join(" ")), (text) => {
      const { tools, extensions, commands, size } = taskFeatures(text);
      const words = [...tools, ...extensions, ...commands, ...(size === null ? [] : [size])];
      assert.deepEqual(words.filter((word) => !lists.has(word)), []);
    }),
    fcRuns(),
  );
});
