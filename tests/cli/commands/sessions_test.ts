/** Tests of `blueplane sessions`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Session } from "../../../core/reports/sessions_report.ts";
import { keptNowhere } from "../../helpers/events.ts";
import { tellHome } from "../../helpers/filled_home.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";
import { nextTurn } from "../../../pipeline/slice.ts";

const NOON = Date.UTC(2026, 2, 1, 12);
const CLOCK = { now: () => NOON, sleep: nextTurn };
const MINUTE_MS = 60_000;
const FIELDS = `session_id platform project_id project_label started_at ended_at duration_ms
  active_ms models versions user_prompts queued_prompts slash_commands bash_inputs
  subagent_prompts interruptions assistant_messages tool_uses tool_uses_by_name
  tool_results_by_kind tool_errors_by_name rejections_by_name tokens tokens_by_model cost_usd
  cost_is_lower_bound cost_coverage lines_added lines_removed files_created created_file_lines
  files_touched file_extensions compactions acceptance kept_rate productivity forked_from
  inherited`.split(/\s+/);

/** Sessions 1 to `count`, each a minute younger than the one before. */
function writeSessions(machine: Machine, count: number): Transcript[] {
  return Array.from({ length: count }, (_, i) => {
    const startedAt = NOON - (count - i) * MINUTE_MS;
    return new Transcript(machine.claude, { session: i + 1, startedAt }).prompt().response();
  });
}

async function sessions(machine: Machine, ...args: string[]) {
  const { code, stdout, stderr } = await runHere(machine, ["sessions", ...args], {
    clock: CLOCK,
  });
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  return stdout;
}

Deno.test("runSessions() lists sessions, the latest first", async () => {
  using machine = tempMachine();
  const [old, young] = writeSessions(machine, 2);
  const [head, first, second] = (await sessions(machine)).split("\n");
  match(head!, /session +project +last +length +prompts +tools +refused +accepted +output/);
  match(first!, new RegExp(`^ ${young!.sessionId.slice(0, 8)} +engine +1 min ago +\\S+ s +1 +0`));
  match(second!, new RegExp(`^ ${old!.sessionId.slice(0, 8)} `));
});

Deno.test("runSessions() has every promised field, null where it is not known yet", async () => {
  using machine = tempMachine();
  writeSessions(machine, 1);
  const document = JSON.parse(await sessions(machine, "--json"));
  deepEqual(Object.keys(document), ["schema", "sessions", "total", "coverage"]);
  equal(document.schema, "blueplane.sessions/1");
  const [session] = document.sessions;
  deepEqual(FIELDS.filter((field) => !(field in session)), []);
  equal(session.started_at, new Date(NOON - MINUTE_MS + 1000).toISOString());
  equal(session.duration_ms, 1000);
  equal(session.project_label, "engine");
  ok(session.cost_usd > 0);
});

Deno.test("runSessions() shows dashes where no tokens are kept, and says so below", async () => {
  using machine = tempMachine();
  writeSessions(machine, 1);
  await sessions(machine);
  await tellHome(machine.home, keptNowhere({ id: "a", platform: "cursor", at: NOON }));

  const [, first, , note] = (await sessions(machine, "--no-sync")).split("\n");

  match(first!, / –  *– *$/);
  equal(note, "tokens and cost are not kept in 1 of 2 sessions; they are in no sum");
});

Deno.test("runSessions() shows a part, and says of how many", async () => {
  using machine = tempMachine();
  writeSessions(machine, 25);
  const rows = async (...args: string[]) =>
    JSON.parse(await sessions(machine, "--json", ...args)).sessions.length;
  equal(await rows(), 20);
  equal(await rows("-n", "3"), 3);
  equal(await rows("-n", "0"), 25);
  equal(await rows("-n", "0", "--offset", "20"), 5);
  match(await sessions(machine, "-n", "3"), /^showing 1–3 of 25; -n 0 shows all$/m);
});

Deno.test("runSessions() does not call the last page a first one", async () => {
  using machine = tempMachine();
  writeSessions(machine, 5);
  const lines = (await sessions(machine, "-n", "2", "--offset", "2")).trimEnd().split("\n");
  match(lines.at(-1)!, /^showing 3–4 of 5;/);
  ok(!(await sessions(machine, "-n", "2", "-q")).includes("showing"));
});

Deno.test("runSessions() tells projects of one name apart", async () => {
  using machine = tempMachine();
  ["/home/ada/engine", "/home/bob/engine"].forEach((cwd, i) =>
    new Transcript(machine.claude, { session: i + 1, startedAt: NOON - 9e4, cwd }).prompt()
  );
  const table = await sessions(machine);
  equal(new Set(table.match(/engine \([0-9a-f]{4}\)/g)).size, 2);
  // Also where the other one is not shown.
  match(await sessions(machine, "-n", "1"), /engine \([0-9a-f]{4}\)/);
  const { sessions: told } = JSON.parse(await sessions(machine, "--json"));
  for (const { project_id, project_label } of told as Session[]) {
    equal(project_label, `engine (${project_id!.slice(0, 4)})`);
    const of = JSON.parse(await sessions(machine, "--json", "--project", project_label));
    deepEqual(of.sessions.map((one: Session) => one.project_id), [project_id]);
  }
});

Deno.test("runSessions() says so, when there are none", async () => {
  using machine = tempMachine();
  match(await sessions(machine), /^No sessions yet;/);
  deepEqual(JSON.parse(await sessions(machine, "--json")).sessions, []);
});

Deno.test('runSessions() does not say "No sessions yet" of what a filter hides', async () => {
  using machine = tempMachine();
  writeSessions(machine, 1);
  ok(!(await sessions(machine, "--project", "loom", "--quiet")).includes("yet"));
  ok(!(await sessions(machine, "--offset", "9")).includes("yet"));
});

Deno.test("runSessions() keeps within 80 columns, whatever the name of a project", async () => {
  using machine = tempMachine();
  const cwd = `/home/ada/${"long".repeat(20)}`;
  const transcript = new Transcript(machine.claude, { cwd, startedAt: NOON - 9e9 }).prompt();
  for (let i = 0; i < 3; i++) transcript.response({ output: 999_000_000 });
  const { stdout } = await runHere(machine, ["sessions"], { clock: CLOCK, columns: 80 });
  deepEqual(stdout.split("\n").filter((line) => line.length > 80), []);
});

Deno.test("runSessions() lists what went on in a period, with all of its numbers", async () => {
  using machine = tempMachine();
  const at = (hours: number) => NOON - hours * 3_600_000;
  const of = (session: number, hours: number) =>
    new Transcript(machine.claude, { session, startedAt: at(hours) }).prompt().response();
  const [old] = [of(1, 50), of(2, 20), of(3, 0.5)].map(({ sessionId }) => sessionId);
  const listed = async (...args: string[]) => {
    const document = JSON.parse(await sessions(machine, "--json", ...args));
    return [document.total, document.sessions.map((one: Session) => one.user_prompts)];
  };

  deepEqual(await listed(), [3, [1, 1, 1]]);
  deepEqual(await listed("-p", "all"), [3, [1, 1, 1]]);
  deepEqual(await listed("-p", "24h"), [2, [1, 1]]);
  deepEqual(await listed("-p", "1h", "-n", "1"), [1, [1]]);
  deepEqual(await listed("--since", new Date(at(30)).toISOString()), [2, [1, 1]]);
  const until = await sessions(machine, "--until", new Date(at(30)).toISOString());
  deepEqual(until.trimEnd().split("\n").slice(1).map((line) => line.slice(1, 9)), [
    old!.slice(0, 8),
  ]);
});

Deno.test("runSessions() says when the latest was, when none went on in a period", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { startedAt: NOON - 5 * 3_600_000 }).prompt();

  equal(
    await sessions(machine, "-p", "1h"),
    "Nothing in this period (last 1h); the latest session was 5 h ago, -p all shows it.\n",
  );
  deepEqual(JSON.parse(await sessions(machine, "-p", "1h", "--json")).sessions, []);
  const { code, stderr } = await runHere(machine, ["sessions", "--since", "soon"]);
  deepEqual([code, stderr.startsWith("error: Cannot read the time")], [2, true]);
});

Deno.test("runSessions() prints CSV and Markdown, without notes between rows", async () => {
  using machine = tempMachine();
  const [, young] = writeSessions(machine, 2);
  const csv = (await sessions(machine, "-n", "1", "-f", "csv")).split("\r\n");
  equal(csv.length, 3);
  ok(csv[1]!.startsWith(`${young!.sessionId},claude_code,`));
  const markdown = (await sessions(machine, "-n", "1", "-f", "markdown")).split("\n");
  equal(markdown.length, 4);
  ok(markdown[2]!.startsWith(`| ${young!.sessionId.slice(0, 8)} | engine | 1 min ago |`));
  equal(await sessions(machine, "-f", "json"), await sessions(machine, "--json"));
});
