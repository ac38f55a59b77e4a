/** Tests of `blueplane statusline`, run in this process: always one line, never a complaint. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { type RecordedOptions, runHere } from "../recorded_io.ts";

const MINUTE_MS = 60_000;

function payload(session: string, more: Record<string, unknown> = {}) {
  return {
    session_id: session,
    transcript_path: "/home/ada/secret.jsonl",
    cwd: "/home/ada/secret",
    model: { id: "claude-opus-4-6", display_name: "my secret" },
    version: "2.1.330",
    cost: { total_cost_usd: 1.25, total_lines_added: 3, total_lines_removed: 1 },
    context_window: { context_window_size: 1000, current_usage: { input_tokens: 420 } },
    rate_limits: { five_hour: { used_percentage: 23.5 } },
    ...more,
  };
}

async function line(machine: Machine, given: unknown, options: RecordedOptions = {}) {
  const stdin = typeof given === "string" ? given : JSON.stringify(given);
  const env = { NO_COLOR: "1", ...options.env };
  const run = await runHere(machine, ["statusline"], { ...options, stdin, env });
  deepEqual([run.code, run.stderr], [0, ""]);
  match(run.stdout, /^[^\n]*\n$/);
  return run.stdout.trimEnd();
}

function spooled(machine: Machine): string[] {
  const folder = `${machine.home}/spool`;
  if (!existsSync(folder)) return [];
  return [...Deno.readDirSync(folder)].map(({ name }) =>
    Deno.readTextFileSync(`${folder}/${name}`)
  );
}

/** At the middle of a minute for as long as it is not moved. */
function clockAt(at: number) {
  return { now: () => at, sleep: () => new Promise<void>(() => {}) };
}

Deno.test("runStatusline() tells what it is given before there is anything else", async () => {
  using machine = tempMachine();

  equal(
    await line(machine, payload("s1")),
    "claude-opus-4-6 · session $1.25 · context 42% · 5h 24%",
  );
  const [text, ...more] = spooled(machine);
  equal(more.length, 0);
  ok(!/secret|home/.test(text!), text);
  const { event_type, payload: kept } = JSON.parse(text!);
  deepEqual([event_type, kept.context_tokens, kept.reported_cost_micros], [
    "status_seen",
    420,
    1_250_000,
  ]);
});

Deno.test("runStatusline() keeps no total of a session that a pause lies in", async () => {
  for (const [ran, cost] of [[3 * MINUTE_MS, undefined], [MINUTE_MS, 1_250_000]]) {
    using machine = tempMachine();
    const now = Date.now(), pauses = [[now - 4 * MINUTE_MS, now - 2 * MINUTE_MS]];
    Deno.mkdirSync(machine.home, { recursive: true });
    Deno.writeTextFileSync(`${machine.home}/pauses.json`, JSON.stringify({ pauses }));
    const told = { ...payload("s1").cost, total_duration_ms: ran };

    await line(machine, payload("s1", { cost: told }), { clock: clockAt(now) });

    const { payload: kept } = JSON.parse(spooled(machine)[0]!);
    deepEqual([kept.reported_cost_micros, kept.context_tokens], [cost, 420]);
  }
});

Deno.test("runStatusline() tells the day and what is counted, and keeps what it saw", async () => {
  using machine = tempMachine();
  const { sessionId } = new Transcript(machine.claude, { startedAt: Date.now() - 5000 })
    .prompt().response({ output: 100_000 });
  await runHere(machine, ["sync"]);

  equal(
    await line(machine, payload(sessionId)),
    "claude-opus-4-6 · session $1.25 ($2.50 counted) · today $2.50 · context 42% · 5h 24%",
  );
  await runHere(machine, ["sync"]);

  const { stdout } = await runHere(machine, ["analyze", sessionId, "--json", "--no-sync"]);
  const { session } = JSON.parse(stdout);
  equal(session.cost_usd, 2.500025);
});

Deno.test("runStatusline() keeps a status at most once a minute, and only a new one", async () => {
  using machine = tempMachine();
  const at = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS + MINUTE_MS / 2;
  const keep = async (minutes: number, cost: number) => {
    const clock = clockAt(at + minutes * MINUTE_MS);
    const given = payload("s1", { cost: { total_cost_usd: cost } });
    await line(machine, given, { clock });
    return spooled(machine).length;
  };

  deepEqual([await keep(0, 1), await keep(0, 2), await keep(1, 2)], [1, 1, 2]);
  await runHere(machine, ["sync"]);
  deepEqual(
    [await keep(1, 3), await keep(2, 2), await keep(3, 4), await keep(3, 5)],
    [0, 0, 1, 1],
  );
});

Deno.test("runStatusline() fits into the columns that it is told", async () => {
  using machine = tempMachine();

  equal(await line(machine, payload("s1"), { columns: 20 }), "$1.25 · ctx 42%");
});

Deno.test("runStatusline() uses colours in a pipe, unless told not to", async () => {
  using machine = tempMachine();

  const text = await line(machine, payload("s1"), { env: { NO_COLOR: undefined } });
  ok(text.includes("\x1b[32m42%"), text);
  ok(!(await line(machine, payload("s1"))).includes("\x1b"));
});

for (
  const [what, stdin] of [
    ["nothing", ""],
    ["half of it", '{"session_id":"s1","cost":{"total'],
    ["null", "null"],
    ["bytes", "\0\ufffd\u0001"],
    ["an odd shape", '{"session_id":"s1","cost":[],"model":7,"rate_limits":{"five_hour":null}}'],
    ["no session", '{"cost":{"total_cost_usd":1}}'],
  ] as const
) {
  Deno.test(`runStatusline() prints an empty line, when it is given ${what}`, async () => {
    using machine = tempMachine();

    equal(await line(machine, stdin), "");
    deepEqual(spooled(machine), []);
  });
}

Deno.test("runStatusline() takes far too much, and tells what is left of it", async () => {
  using machine = tempMachine();

  match(
    await line(machine, { long: "x".repeat(9 * 1024 * 1024), ...payload("s1") }),
    /session \$1\.25/,
  );
});

Deno.test("runStatusline() tells what it is given, when its own cannot be used", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home, { recursive: true });
  Deno.writeTextFileSync(`${machine.home}/telemetry.db`, "no database at all, but long enough");
  match(await line(machine, payload("s1")), /session \$1\.25/);

  const env = { HOME: undefined, USERPROFILE: undefined, BLUEPLANE_HOME: undefined };
  match(await line(machine, payload("s1"), { env }), /session \$1\.25/);
});

Deno.test("runStatusline() tells what it is given, when nothing can be kept", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(machine.home, "a file in the place of the folder");

  equal(
    await line(machine, payload("s1")),
    "claude-opus-4-6 · session $1.25 · context 42% · 5h 24%",
  );
});
