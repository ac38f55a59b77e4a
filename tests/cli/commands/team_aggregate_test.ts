/** Tests of `blueplane team aggregate`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { runTeamAggregate } from "../../../cli/commands/team_aggregate.ts";
import { systemClock } from "../../../core/clock.ts";
import { readTeamAggregate } from "../../../core/team_aggregate.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { teamExport, TeamFolder } from "../../helpers/team_exports.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { recordedIo, runHere } from "../recorded_io.ts";

const KEY = "a team's key";

/** What a member with some sessions exports in a format. */
async function exportOf(folder: TeamFolder, prompts: number, suffix: string, ...more: string[]) {
  using machine = tempMachine();
  for (let session = 1; session <= 6; session++) {
    const transcript = new Transcript(machine.claude, { session });
    for (let i = 0; i < prompts; i++) transcript.prompt().response({ output: 10 });
  }
  const path = `${folder.path}/${prompts}.${suffix}`;
  const args = ["export", "--anonymize", "--team", KEY, "-o", path, ...more];
  const { code, stderr } = await runHere(machine, args);
  equal(code, 0, stderr);
  return path;
}

Deno.test("runTeamAggregate() merges what members export, in whatever format", async () => {
  using machine = tempMachine();
  using folder = new TeamFolder();
  const paths = await Promise.all(
    ["json", "jsonl", "csv", "parquet"].map((suffix, i) => exportOf(folder, i + 1, suffix)),
  );

  const { code, stdout, stderr } = await runHere(machine, ["team", "aggregate", ...paths]);

  deepEqual([code, stderr], [0, ""]);
  const { files, parts: [part] } = readTeamAggregate(JSON.parse(stdout));
  deepEqual(files, { given: 4, counted: 4, replaced: 0, refused: [] });
  deepEqual([part?.what, part?.members, part?.totals?.rows], ["sessions", 4, 24]);
  // Six sessions each, of one to four prompts.
  equal(part?.totals?.numbers.user_prompts?.sum, 60);
});

for (const what of ["metrics", "conversations", "events"]) {
  Deno.test(`runTeamAggregate() merges ${what}`, async () => {
    using machine = tempMachine();
    using folder = new TeamFolder();
    const paths = await Promise.all(
      ["json", "csv", "parquet"].map((suffix, i) =>
        exportOf(folder, i + 1, suffix, "--what", what, "--k", what === "metrics" ? "2" : "5")
      ),
    );
    // All sessions are of one day: an export of days has no row, and so no CSV.
    const given = what === "metrics" ? paths.filter((path) => !path.endsWith("csv")) : paths;

    const run = await runHere(machine, ["team", "aggregate", ...given]);

    equal(run.code, 0, run.stderr);
    const [part] = readTeamAggregate(JSON.parse(run.stdout)).parts;
    equal(part?.what, what);
    equal(part?.members, what === "metrics" ? 0 : 3);
  });
}

Deno.test("runTeamAggregate() names what it cannot take, writes the rest, and fails", async () => {
  using machine = tempMachine();
  using folder = new TeamFolder();
  const sound = [1, 2, 3].map((member) => folder.add(teamExport({ member, id: member })));
  const bad = folder.add("{", "bad\u001b[2J.json");
  const path = `${folder.path}/team.md`;

  const run = await runHere(machine, ["team", "aggregate", ...sound, bad, "-o", path]);

  equal(run.code, 1);
  match(run.stderr, /^warning: Cannot take .*bad\ufffd\[2J\.json: it is cut off or broken\n$/);
  match(run.stdout, /^4 files: 3 counted, 0 replaced by others, 1 refused; [\d.]+ k?B\n$/);
  const text = Deno.readTextFileSync(path);
  match(text, /- file 4: it is cut off or broken/);
  ok(!text.includes(folder.path));
  equal(Deno.statSync(path).mode! & 0o777, 0o600);

  const again = await runHere(machine, ["team", "aggregate", ...sound, "-o", path]);
  match(again.stderr, /^error: Cannot write the aggregate: there is such a file; --force/);
  const args = ["team", "aggregate", ...sound, "-o", path, "--force", "--json"];
  const { schema, format, parts } = JSON.parse((await runHere(machine, args)).stdout);
  deepEqual([schema, format, parts], ["blueplane.team_summary/1", "markdown", [
    { what: "sessions", members: 3 },
  ]]);
});

Deno.test("runTeamAggregate() shows on a terminal how far it is", async () => {
  using machine = tempMachine();
  using folder = new TeamFolder();
  const paths = [1, 2, 3].map((member) => folder.add(teamExport({ member, id: member })));
  let time = 0;
  const clock = { ...systemClock, now: () => time += 1000 };
  const io = recordedIo(machine, [], { isTerminal: true, clock });

  const globals = { color: false, sync: true };
  const code = await runTeamAggregate(io, globals, { minMembers: 3 }, paths);

  equal(code, 0);
  match(io.stderr.text, /reading exports.* 6\/6 files/);
});

for (
  const [args, error] of [
    [["--min-members", "1"], /--min-members must be 2 or more/],
    [["-f", "markdown", "--json"], /Cannot print Markdown: --json asks for JSON/],
    [["-f", "csv"], /-f|format/],
  ] as const
) {
  Deno.test(`runTeamAggregate() refuses ${args.join(" ")}`, async () => {
    using machine = tempMachine();

    const run = await runHere(machine, ["team", "aggregate", "none.json", ...args]);

    equal(run.code, 2);
    match(run.stderr, error);
  });
}
