/** Tests of `core/reports/changed_code.ts`. */

import assert from "node:assert/strict";
import {
  changedCodeOf,
  CODE_NAMES,
  type CodeCounts,
} from "../../../core/reports/changed_code.ts";

const NOT_KNOWN = {
  lines_added: null,
  lines_removed: null,
  files_created: null,
  created_file_lines: null,
};
const NONE = { lines_added: 0, lines_removed: 0, files_created: 0, created_file_lines: 0 };

Deno.test("changedCodeOf() adds up what tools changed", () => {
  const code = changedCodeOf([
    counts({ lines_added: 3, lines_removed: 1, edits_accepted: 1 }),
    counts({ files_created: 1, created_file_lines: 9, edits_auto: 1 }),
  ]);

  assert.deepEqual(code, {
    lines_added: 3,
    lines_removed: 1,
    files_created: 1,
    created_file_lines: 9,
  });
});

Deno.test("changedCodeOf() is 0, where no edit was made, or files alone", () => {
  const made = counts({ files_created: 2, edits_accepted: 1, edits_auto: 1 });

  assert.deepEqual(changedCodeOf([]), NONE);
  assert.deepEqual(changedCodeOf([counts({})]), NONE);
  assert.deepEqual(changedCodeOf([made]), { ...NONE, files_created: 2 });
});

Deno.test("changedCodeOf() is not known, where edits were made and none tells of a line", () => {
  for (
    const name of ["edits_accepted", "edits_auto", "edits_modified", "edits_undone"] as const
  ) {
    assert.deepEqual(changedCodeOf([counts({ [name]: 1 })]), NOT_KNOWN, name);
  }
  const some = counts({ files_created: 2, created_file_lines: 8, edits_accepted: 3 });
  assert.deepEqual(changedCodeOf([some]), {
    ...NOT_KNOWN,
    files_created: 2,
    created_file_lines: 8,
  });
  assert.deepEqual(changedCodeOf(null), NOT_KNOWN);
});

Deno.test("changedCodeOf() adds up what is told, where some edits tell nothing", () => {
  const code = changedCodeOf([counts({ lines_removed: 4, edits_accepted: 5 })]);

  assert.deepEqual(code, { ...NONE, lines_removed: 4 });
});

function counts(some: Partial<CodeCounts>): CodeCounts {
  return { ...Object.fromEntries(CODE_NAMES.map((name) => [name, 0])) as CodeCounts, ...some };
}
