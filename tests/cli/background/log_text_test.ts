/** Tests of how log and end of a run read. */

import { equal, match } from "node:assert/strict";
import { endText, lastRunText, logLineText } from "../../../cli/background/log_text.ts";
import type { LastRun } from "../../../core/reports/status_report.ts";

const AT = Date.parse("2026-03-01T12:00:00.000Z");
const STOPPED: LastRun = {
  pid: 7,
  started_at: "2026-03-01T11:00:00.000Z",
  is_running: false,
  ended_at: "2026-03-01T11:57:00.000Z",
  exit_code: 0,
  signal: null,
  last_error: "Cannot do it",
};

Deno.test("logLineText() shows the local time, and lines texts up", () => {
  const timestamp = new Date(2026, 2, 1, 9, 5, 7).toISOString();
  equal(
    logLineText({ timestamp, level: "note", text: "all is well" }),
    "2026-03-01 09:05:07 note    all is well",
  );
});

Deno.test("endText() tells a stop, a failure, a signal and an end that nobody saw apart", () => {
  equal(endText(STOPPED), "was stopped");
  equal(endText({ ...STOPPED, exit_code: 1 }), "ended with exit code 1");
  equal(endText({ ...STOPPED, exit_code: null, signal: "SIGSEGV" }), "was ended by SIGSEGV");
  match(endText({ ...STOPPED, exit_code: null, signal: "SIGKILL" }), /SIGKILL, as .*memory$/);
  match(endText({ ...STOPPED, exit_code: null, ended_at: null }), /^ended unseen/);
});

Deno.test("lastRunText() says when and why it ended, or that it is starting or hangs", () => {
  equal(lastRunText(STOPPED, AT), "was stopped (3 min ago)");
  equal(
    lastRunText({ ...STOPPED, exit_code: 1 }, AT),
    "ended with exit code 1 (3 min ago); its last error: Cannot do it",
  );
  match(
    lastRunText({ ...STOPPED, ended_at: null, exit_code: null }, AT),
    /^ended unseen, .* \(started 1 h ago\);/,
  );
  const running = { ...STOPPED, is_running: true, ended_at: null, exit_code: null };
  const started_at = new Date(AT - 59_000).toISOString();
  match(lastRunText({ ...running, started_at }, AT), /^starting .*\(pid 7\); .*logs -f/);
  match(lastRunText(running, AT), /^does not answer \(pid 7, started 1 h ago\); .*stop ends it$/);
});
