/** Tests of the audit as a person reads it. */

import { equal, match, ok } from "node:assert/strict";
import { auditText } from "../../../cli/privacy/audit_text.ts";
import type { AuditReport } from "../../../cli/commands/privacy_audit.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { recordedIo } from "../recorded_io.ts";

const REPORT: AuditReport = {
  schema: "blueplane.privacy_audit/1",
  clean: true,
  columns: [
    { table: "words", column: "id", example: "7", why: "a number given out in turn" },
    { table: "words", column: "text", example: null, why: null },
  ],
  places: Array.from({ length: 42 }, (_, i) => ({ place: `spool/${i}`, bytes: 1000 })),
  not_looked_at: [{ place: "install.key", why: "32 random bytes" }],
  events: 12,
  looked_for: { own_words: 5, own_files: 2, texts: 1 },
  findings: [],
};

function shown(report: AuditReport, quiet = false): string {
  using machine = tempMachine();
  const io = recordedIo(machine, ["privacy", "audit"]);
  return auditText(report, io, { quiet } as Parameters<typeof auditText>[2]);
}

Deno.test("auditText() shows every column, place and what was looked for", () => {
  const text = shown(REPORT);

  match(text, /^words\n column +example +why it is safe\n id +7 +a number given out in turn$/m);
  match(text, /^ text +– +nobody said$/m);
  match(text, /^ install.key +– +not looked at: 32 random bytes$/m);
  match(text, /^and 2 more: --json shows all$/m);
  match(text, /42\.0 kB in 42 places, 12 events .*5 pieces .*2 files .*1 text of yours/s);
  match(text, /^✓ Nothing private is stored\.$/m);
});

Deno.test("auditText() shows names of columns whole, and rather cuts why they are safe", () => {
  const why = "a count, a yes or no, or a place in a list of the program's own";
  const column = "cost_refused_edits_of_a_long_name_micros";
  const text = shown({ ...REPORT, columns: [{ table: "sums", column, example: "7", why }] });

  match(text, new RegExp(`^ ${column} +7 +a count, .*…$`, "m"));
});

Deno.test("auditText() says what was found and where, also when it is to be quiet", () => {
  const findings = [
    { place: "spool/1", kind: "path", count: 1200 },
    { place: "words.text", kind: "own_words", count: 1 },
  ] as const;
  const text = shown({ ...REPORT, clean: false, findings }, true);

  match(text, /^✗ spool\/1: looks like a path \(1,200 times\)$/m);
  match(text, /^✗ words.text: stands in an assistant's files, too$/m);
  equal(text.includes("why it is safe"), false);
  ok(!text.includes("✓"));
});
