/** Tests of `core/reports/changed_code.ts`. */

import assert from "node:assert/strict";
import {
  changedCodeOf,
  CODE_NAMES,
  type CodeCounts,
  untoldCode,
} from "../../../core/reports/changed_code.ts";
import { readGroups } from "../../../core/reports/groups.ts";
import { reportSession } from "../../../core/reports/session_report.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { readWords } from "../../../core/words.ts";
import { makeEvent, makeToolResult, makeToolUse, NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { literal, type SafeText } from "../../../core/privacy.ts";

const NOT_KNOWN = {
  lines_added: null,
  lines_removed: null,
  files_created: null,
  created_file_lines: null,
};
const NONE = { lines_added: 0, lines_removed: 0, files_created: 0, created_file_lines: 0 };

Deno.test("changedCodeOf() adds up what tools changed", () => {
  const code = changedCodeOf(
    new Map([
      ["Edit", counts({ lines_added: 3, lines_removed: 1, edits_accepted: 1 })],
      ["create_file", counts({ files_created: 1, created_file_lines: 9, edits_auto: 1 })],
    ]),
  );

  assert.deepEqual(code, {
    lines_added: 3,
    lines_removed: 1,
    files_created: 1,
    created_file_lines: 9,
  });
});

Deno.test("changedCodeOf() is 0, where no edit was made, or one whose tool tells all", () => {
  const made = counts({ edits_accepted: 4, edits_unknown: 1 });
  const refused = { ...counts({}), edits_rejected: 2, rejected: 2 };
  const failed = counts({ edits_unknown: 3, failed: 2, permission_denied: 1 });

  assert.deepEqual(changedCodeOf(new Map()), NONE);
  assert.deepEqual(changedCodeOf(new Map([["Edit", made], ["read_file", counts({})]])), NONE);
  assert.deepEqual(changedCodeOf(new Map([["edit_file", refused]])), NONE);
  assert.deepEqual(changedCodeOf(new Map([["edit_file", failed]])), NONE);
});

Deno.test("changedCodeOf() is not known, where edits may have changed what none tells", () => {
  for (const verdict of ["accepted", "auto", "modified", "undone", "unknown"] as const) {
    const silent = counts({ [`edits_${verdict}`]: 1 });

    assert.deepEqual(changedCodeOf(new Map([["edit_file", silent]])), NOT_KNOWN, verdict);
  }
  assert.deepEqual(changedCodeOf(null), NOT_KNOWN);
});

Deno.test("changedCodeOf() is not known of edits of notebooks alone", () => {
  const made = counts({ edits_accepted: 1 }), told = counts({ ...made, lines_added: 2 });

  assert.deepEqual(changedCodeOf(new Map([["NotebookEdit", made]])), NOT_KNOWN);
  assert.deepEqual(changedCodeOf(new Map([["NotebookEdit", made], ["Edit", made]])), NOT_KNOWN);
  assert.equal(changedCodeOf(new Map([["NotebookEdit", made], ["Edit", told]])).lines_added, 2);
});

Deno.test("changedCodeOf() knows of files alone, when other edits tell no line", () => {
  const created = { files_created: 2, created_file_lines: 8 };
  const all = counts({ ...created, edits_accepted: 2 });
  const some = counts({ ...created, edits_accepted: 3 });

  assert.deepEqual(changedCodeOf(new Map([["edit_file", all]])), { ...NONE, ...created });
  assert.deepEqual(changedCodeOf(new Map([["edit_file", some]])), { ...NOT_KNOWN, ...created });
});

Deno.test("changedCodeOf() adds up what is told, where some edits tell nothing", () => {
  const tools = new Map([
    ["edit_file", counts({ edits_accepted: 5 })],
    ["write", counts({ lines_removed: 4, edits_accepted: 1 })],
  ]);

  assert.deepEqual(changedCodeOf(tools), { ...NONE, lines_removed: 4 });
});

Deno.test("untoldCode() gives a reason for each number that is not known", () => {
  const unknown = untoldCode({ ...NOT_KNOWN, files_created: 1 });

  assert.deepEqual(Object.keys(unknown), ["lines_added", "lines_removed", "created_file_lines"]);
  assert.equal(unknown.lines_added!.reason, "not_kept_by_platform");
  assert.deepEqual(untoldCode(NONE), {});
});

Deno.test("changedCodeOf() tells one thing on every face, when edits tell no lines", async () => {
  await using home = await filledHome([
    makeEvent("user_prompt", { id: "p1", session: "told" }),
    makeToolUse({ id: "u1", session: "told", use: "u1", tool: "Edit", extension: "ts" }),
    makeToolResult({ id: "r1", session: "told", use: "u1", outcome: "ok" }),
    ...silentEdit("silent"),
  ]);
  const order = reportSessions(home.db, { sort: "lines" }).sessions;
  const { session, tools, files } = reportSession(home.db, "silent")!;
  const query = { period: { from: undefined, to: NOON + 3_600_000 }, now: NOON };
  const groups = readGroups(home.db, query, "extension", readWords(home.db));

  assert.deepEqual(order.map((one) => [one.session_id, one.lines_added]), [
    ["told", 0],
    ["silent", null],
  ]);
  assert.equal(session.unknown.lines_added!.reason, "not_kept_by_platform");
  assert.deepEqual([tools[0]!.lines_added, files[0]!.lines_added], [null, null]);
  assert.deepEqual(
    groups.map(({ key, totals }) => [key, totals.lines_added]).sort(),
    [["py", null], ["ts", 0]],
  );
});

function silentEdit(session: string) {
  const use = makeToolUse({ id: "u2", session, use: "u2", tool: "edit_file", extension: "py" });
  const kind = { tool_kind: literal("edit") as SafeText };
  return [
    makeEvent("user_prompt", { id: "p2", session }),
    { ...use, payload: { ...use.payload, ...kind } },
    makeToolResult({ id: "r2", session, use: "u2", outcome: "ok" }),
  ];
}

function counts(some: Partial<CodeCounts>): CodeCounts {
  return { ...Object.fromEntries(CODE_NAMES.map((name) => [name, 0])) as CodeCounts, ...some };
}
