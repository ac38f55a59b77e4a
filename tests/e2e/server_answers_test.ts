/** Tests that a report is the same, whether the running server answers or the database. */

import { deepEqual, equal, match } from "node:assert/strict";
import {
  type Machine,
  runBinary,
  startServe,
  tempMachine,
  until,
} from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const HOUR_MS = 3_600_000;
const LAST_DAYS = ["--since", "2020-01-01", "--until", "2120-01-01T12:00:00Z"];
/** What is asked of each command: options of every kind, and every format. */
const ASKED: Readonly<Record<string, readonly (readonly string[])[]>> = {
  metrics: [
    ["-p", "24h"],
    ["-p", "7d", "-f", "markdown", "--group-by", "hour-of-day"],
    ["-p", "30d", "-f", "csv", "--platform", "claude-code"],
    ["-p", "all", "--all", "-f", "csv"],
    ["-p", "all", "--model", "claude-opus-4-6"],
    ["-p", "all", "--group-by", "day"],
    ["-p", "all", "--group-by", "project", "-f", "csv"],
    ["--json", "--group-by", "tool", ...LAST_DAYS],
  ],
  sessions: [[], ["-p", "7d"], ["--json"], ["-f", "csv", "--sort", "cost"], [
    "-f",
    "chart",
    "-n",
    "1",
  ]],
  // Tables that name tools of servers are made of the database.
  acceptance: [
    ["-p", "all", "--by", "model"],
    ["-p", "all", "-f", "markdown"],
    ["--json", ...LAST_DAYS],
  ],
  errors: [["-p", "all", "-f", "csv"], ["--json", ...LAST_DAYS, "--min-frequency", "1"]],
  insights: [["--json"], ["-f", "markdown", "-p", "30d"]],
};

/** Sessions far from where rolling periods begin, and from where an age is told otherwise. */
function writeSessions(machine: Machine): void {
  for (const [session, hours] of [[1, 5], [2, 30], [3, 400]] as const) {
    const transcript = new Transcript(machine.claude, {
      session,
      startedAt: Date.now() - (hours + 0.5) * HOUR_MS,
      cwd: `/home/ada/${session === 1 ? "engine" : "loom"}`,
    });
    transcript.prompt();
    for (let at = 0; at < 8; at++) {
      transcript.response({ tool: "Edit", output: 1200, input: { file_path: `/a/${at}.ts` } })
        .result({ toolUseResult: { structuredPatch: [{ lines: ["+a", "+b", "-c"] }] } })
        .response({ tool: at % 2 ? "Bash" : "mcp__files__read", output: 34 })
        .result({ content: "Exit code 1", isError: true });
    }
  }
}

Deno.test("blueplane metrics prints what the server answers as what is stored", async () => {
  using machine = tempMachine();
  writeSessions(machine);
  const served = { ...machine, env: { ...machine.env, BLUEPLANE_WEB_TOKEN: "on" } };
  await using _server = (await startServe(served)).server;
  const stored = async (args: readonly string[]) =>
    await runBinary(machine, [...args, "--no-sync"]);
  await until("all is read and derived", async () => {
    const { totals } = JSON.parse((await stored(["metrics", "-p", "all", "--json"])).stdout);
    const { queue } = JSON.parse((await stored(["status", "--json"])).stdout);
    const isRead = totals.sessions === 3 && totals.tool_uses === 48;
    return isRead && queue.events === 0 && queue.changes === 0;
  });
  // By what is in it the server is found, and there is no database: nobody else could answer.
  const home = `${machine.path}/elsewhere`;
  Deno.mkdirSync(home);
  for (const name of ["install.key", "serve.json"]) {
    Deno.copyFileSync(`${machine.home}/${name}`, `${home}/${name}`);
  }
  const env = { ...machine.env, BLUEPLANE_HOME: home };
  for (const [command, all] of Object.entries(ASKED)) {
    for (const options of all) {
      const args = [command, ...options];
      const [asked, told] = await Promise.all([
        runBinary(machine, args, { env }),
        stored(args),
      ]);
      deepEqual(asked, told, args.join(" "));
      match(told.stdout, /\d/);
    }
  }
  deepEqual([...Deno.readDirSync(home)].map(({ name }) => name).sort(), [
    "install.key",
    "serve.json",
  ]);
  // Another zone, or another folder: the database of that home, which is empty, answers.
  for (const [name, value] of [["TZ", "Asia/Tokyo"], ["CLAUDE_CONFIG_DIR", machine.user]]) {
    const args = ["metrics", "-p", "all", "--json"];
    const { stdout } = await runBinary(machine, args, { env: { ...env, [name!]: value! } });
    equal(JSON.parse(stdout).totals.sessions, 0);
  }
});
