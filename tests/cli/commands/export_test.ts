/** Tests of `blueplane export`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { runExport } from "../../../cli/commands/export.ts";
import { systemClock } from "../../../core/clock.ts";
import { homeAt } from "../../../core/home.ts";
import { openWriter } from "../../../core/open_writer.ts";
import type { Machine } from "../../helpers/run_blueplane.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { interruptedIo, recordedIo, runHere } from "../recorded_io.ts";

/** A machine with some sessions. */
function machineWith(sessions: number): Machine {
  const machine = tempMachine();
  for (let session = 1; session <= sessions; session++) {
    const transcript = new Transcript(machine.claude, { session }).prompt();
    for (let i = 0; i < session; i++) transcript.response({ output: 10 * session });
  }
  return machine;
}

Deno.test("runExport() prints all sessions as JSON, when nothing else is said", async () => {
  using machine = machineWith(3);

  const { code, stdout, stderr } = await runHere(machine, ["export"]);

  deepEqual([code, stderr], [0, ""]);
  const { schema, what, period, sessions } = JSON.parse(stdout);
  deepEqual([schema, what, period.from], ["blueplane.export/1", "sessions", null]);
  equal(sessions.length, 3);
  ok(!stdout.includes("engine"), "a label got out");
});

for (const what of ["sessions", "metrics", "conversations", "events"]) {
  for (const suffix of ["json", "jsonl", "csv", "md", "parquet"]) {
    Deno.test(`runExport() writes ${what} into a file of ${suffix}`, async () => {
      using machine = machineWith(2);
      const path = `${machine.path}/out.${suffix}`;

      const run = await runHere(machine, ["export", "--what", what, "-o", path, "--json"]);

      equal(run.code, 0, run.stderr);
      const { schema, format, rows, bytes } = JSON.parse(run.stdout);
      equal(schema, "blueplane.export_summary/1");
      equal(format, { md: "markdown" }[suffix] ?? suffix);
      ok(rows > 0);
      equal(bytes, Deno.statSync(path).size);
    });
  }
}

Deno.test("runExport() says that it is JSON, where a name ends as no format does", async () => {
  using machine = machineWith(1);
  const export_ = (...args: string[]) => runHere(machine, ["export", ...args]);
  const path = `${machine.path}/out.xyz`;
  const { code, stderr } = await export_("-o", path);
  equal(code, 0);
  match(stderr, /^note: no format ends in \.xyz, so it is JSON; known: json, jsonl, /);
  equal(JSON.parse(Deno.readTextFileSync(path)).sessions.length, 1);

  equal((await export_("-o", `${machine.path}/out`)).stderr, "");
  equal((await export_("-o", `${machine.path}/other.xyz`, "-f", "csv")).stderr, "");
  equal((await export_("-o", `${machine.path}/quiet.xyz`, "-q")).stderr, "");
});

Deno.test("runExport() says how much it wrote, and replaces nothing by itself", async () => {
  using machine = machineWith(1);
  const args = ["export", "-o", `${machine.path}/out.csv`];

  const first = await runHere(machine, args);
  const second = await runHere(machine, args);
  const forced = await runHere(machine, [...args, "--force", "-q"]);

  match(first.stdout, /^1 row of sessions, [\d.]+ k?B\n$/);
  deepEqual([second.code, second.stdout], [2, ""]);
  match(second.stderr, /^error: Cannot write the export: there is such a file; --force/);
  deepEqual([forced.code, forced.stdout], [0, ""]);
});

Deno.test("runExport() exports what a filter and a period choose", async () => {
  using machine = machineWith(3);
  const args = ["export", "--session", "00000002"];

  const one = JSON.parse((await runHere(machine, args)).stdout);
  const none = JSON.parse((await runHere(machine, ["export", "--until", "2020-01-01"])).stdout);
  const events = await runHere(machine, [...args, "--what", "events", "-f", "jsonl"]);

  deepEqual([one.sessions.length, none.sessions.length], [1, 0]);
  const [, ...lines] = events.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  deepEqual(
    new Set(lines.map(({ session_id }) => session_id.slice(0, 8))),
    new Set(["00000002"]),
  );
});

Deno.test("runExport() makes rows anonymous, and says what it did", async () => {
  using machine = machineWith(12);
  const path = `${machine.path}/out.json`;

  const { stdout } = await runHere(machine, ["export", "--anonymize", "-o", path]);

  match(stdout, /^12 rows of sessions.*\nAnonymous: every row stands for 5 sessions or more\n$/);
  const text = Deno.readTextFileSync(path);
  const { anonymized, sessions, member } = JSON.parse(text);
  equal(anonymized.k, 5);
  equal(member, undefined);
  const alike = Map.groupBy(sessions, (session: object) => JSON.stringify(session));
  ok(alike.values().every((rows) => rows.length >= 5));
  ok(!/cafe|session_id|\d\d:\d\d:/.test(text), text.slice(0, 400));
});

Deno.test("runExport() refuses --k of what it does not make anonymous", async () => {
  using machine = machineWith(1);
  const { code, stdout, stderr } = await runHere(machine, ["export", "--k", "3"]);
  deepEqual({ code, stdout, stderr }, {
    code: 2,
    stdout: "",
    stderr: "error: Cannot use --k: it goes with --anonymize\n",
  });
});

Deno.test("runExport() says that not all is read so far", async () => {
  using machine = machineWith(2);
  equal((await runHere(machine, ["sync"])).code, 0);
  const db = openWriter(homeAt(machine.home).database);
  db.exec("update sources set position = 0 where id = (select min(id) from sources)");
  db.close();
  const path = `${machine.path}/out.json`, note = "note: 1 of 2 files are read so far\n";
  for (const more of [[], ["-o", path]]) {
    const args = ["export", "--no-sync", ...more];
    equal((await runHere(machine, args)).stderr, note);
    equal(
      (await runHere(machine, [...args, ...more.length > 0 ? ["--force"] : [], "-q"])).stderr,
      "",
    );
  }
});

Deno.test("runExport() leaves out what too few are alike to, and says so", async () => {
  using machine = machineWith(4);

  const run = await runHere(machine, ["export", "--anonymize", "-o", `${machine.path}/o.json`]);

  match(run.stdout, /4 rows left out, as too few are alike/);
  deepEqual(JSON.parse(Deno.readTextFileSync(`${machine.path}/o.json`)).sessions, []);
});

Deno.test("runExport() gives a member an id that only holders of the key can link", async () => {
  using machine = machineWith(5);
  const export_ = async (key: string) => {
    const run = await runHere(machine, ["export", "--anonymize", "--team", key]);
    return JSON.parse(run.stdout);
  };

  const [first, again, other] = [
    await export_("a team's key"),
    await export_("a team's key"),
    await export_("another one"),
  ];

  equal(first.member, again.member);
  match(first.member, /^[0-9a-f]{32}$/);
  ok(first.member !== other.member && first.export_id !== again.export_id);
  ok(first.exported_at <= again.exported_at);
  match(first.exported_at, /T\d\d:\d\d:\d\d\.\d{3}Z$/);
});

Deno.test("runExport() exports whole months of a member, and says so", async () => {
  using machine = machineWith(5);
  const period = ["--since", "2026-02-10", "--until", "2026-02-20"];
  const args = ["export", "--anonymize", "--team", "a team's key", "--platform", "claude"];

  const run = await runHere(machine, [...args, ...period]);

  const { period: told, filters } = JSON.parse(run.stdout);
  deepEqual(told, { from: "2026-02-01", to: "2026-03-01" });
  deepEqual(filters, { platform: "claude_code" });
  match(
    run.stderr,
    /^note: a member's export is of whole months, .* 2026-02-01 to .*-01\n$/,
  );
});

Deno.test("runExport() leaves no part of a file behind, when it is interrupted", async () => {
  using machine = machineWith(3);
  await runHere(machine, ["sync"]);
  const before = [...Deno.readDirSync(machine.path)].length;
  const io = interruptedIo(machine);

  for (const output of ["o.json", "o.csv"].map((name) => `${machine.path}/${name}`)) {
    const options = { period: "all", what: "events", output } as const;
    equal(await runExport(io, { color: false, sync: false }, options), 130, io.stderr.text);
  }

  equal(io.stdout.text, "");
  equal([...Deno.readDirSync(machine.path)].length, before);
});

Deno.test("runExport() shows on a terminal how much an anonymous export has read", async () => {
  using machine = machineWith(5);
  let time = Date.now();
  const clock = { ...systemClock, now: () => time += 1000 };
  const path = `${machine.path}/o.json`;
  const io = recordedIo(machine, [], { isTerminal: true, clock });

  const options = {
    period: "all",
    what: "sessions",
    k: 5,
    anonymize: true,
    output: path,
  } as const;
  const code = await runExport(io, { color: false, sync: true }, options);

  equal(code, 0, io.stderr.text);
  match(io.stderr.text, /reading {2}5 rows[^]*exporting {2}5 rows/);
  ok(io.stderr.text.endsWith("rows\r\x1b[K"), "the summary has no line of its own");
});

for (
  const [args, error] of [
    [["-f", "parquet"], /Cannot print Parquet: name a file with -o/],
    [["-f", "csv", "--json"], /Cannot print csv: --json asks for JSON/],
    [["--team", "a team's key"], /Cannot use --team: it goes with --anonymize/],
    [["--anonymize", "--team", "short"], /it has fewer than 8 characters/],
    [["--anonymize", "--k", "1"], /--k must be 2 or more/],
    [["--what", "events", "--model", "opus"], /Cannot choose events by --model/],
  ] as const
) {
  Deno.test(`runExport() refuses ${args.join(" ")}`, async () => {
    using machine = tempMachine();

    const run = await runHere(machine, ["export", ...args]);

    equal(run.code, 2);
    match(run.stderr, error);
  });
}

Deno.test("runExport() writes an empty file, when there is nothing yet", async () => {
  using machine = tempMachine();
  const path = `${machine.path}/out.csv`;

  const run = await runHere(machine, ["export", "-o", path]);

  match(run.stdout, /^0 rows of sessions/);
  ok(existsSync(path));
});

Deno.test("runExport() makes days anonymous, and names none of them", async () => {
  using machine = tempMachine();
  for (let day = 1; day <= 6; day++) {
    new Transcript(machine.claude, { session: day, startedAt: Date.UTC(2026, 9, 4 + day, 12) })
      .prompt().response({ output: 10 * day });
  }

  const run = await runHere(machine, ["export", "--what", "metrics", "--anonymize"]);

  const { anonymized, metrics } = JSON.parse(run.stdout);
  deepEqual([anonymized.k, anonymized.units], [5, "days"]);
  equal(metrics.length, 6);
  deepEqual(new Set(metrics.map((row: { month: string }) => row.month)), new Set(["2026-10"]));
  equal(new Set(metrics.map((row: object) => JSON.stringify(row))).size, 1);
  ok(!/"day"|2026-10-/.test(JSON.stringify(metrics)), run.stdout.slice(0, 400));
});
