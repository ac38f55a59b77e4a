/** Tests of what must neither stop the binary nor cost a line: unreadable files and databases. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { runBinary, runBound, startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

const HUGE_BYTES = 100 * 1024 * 1024;
const PIECE_BYTES = 4 * 1024 * 1024;

async function counted(url: string) {
  const response = await fetch(`${url}/api/v1/metrics?period=all`);
  const { totals, coverage } = await response.json();
  return { prompts: totals.user_prompts, tool_uses: totals.tool_uses, ...coverage };
}

/** A line of 100 MB: a tool's result with a whole film in it. */
function writeHugeLine(transcript: Transcript): void {
  transcript.response({ tool: "Read" });
  const line = transcript.line("user", {
    message: { role: "user", content: [{ type: "text", text: "@" }] },
  });
  const [before, after] = line.split("@");
  transcript.write(before!);
  const piece = new Uint8Array(PIECE_BYTES).fill(120);
  for (let written = 0; written < HUGE_BYTES; written += piece.length) transcript.write(piece);
  transcript.write(`${after}\n`);
}

Deno.test("blueplane serve reads on, whatever lies between the lines and files", async () => {
  using machine = tempMachine();
  const good = new Transcript(machine.claude, { session: 1 }).prompt();
  const folder = good.path.slice(0, good.path.lastIndexOf("/"));
  Deno.mkdirSync(`${folder}/folder.jsonl`);
  Deno.writeTextFileSync(`${folder}/empty.jsonl`, "");
  Deno.writeFileSync(
    `${folder}/binary.jsonl`,
    Uint8Array.from({ length: 9999 }, (_, i) => i * 7),
  );
  new Transcript(machine.claude, { session: 2 }).prompt()
    .write("{broken\n").write("\0\0\0\0\n").write("[1]\n7\nnull\n").write('{"type":"user"}\n')
    .write('{"cwd":"C:\\qux"}\n').write("\xff\xfe\n").write("\r\n\n").prompt();
  const glued = new Transcript(machine.claude, { session: 3 });
  const parts = [1, 2].map((n) =>
    glued.line("user", { message: { role: "user", content: `Part ${n}` } })
  );
  glued.write(`\ufeff${parts.join("")}\n`);
  const huge = new Transcript(machine.claude, { session: 4 }).prompt();
  writeHugeLine(huge);
  huge.prompt();

  const { server, url } = await startServe(machine);
  await using _server = server;
  await until("all is read", async () => (await counted(url)).prompts === 1 + 2 + 2 + 3);
  Deno.mkdirSync(`${folder}/late.jsonl`);
  good.prompt();
  await until("the line beside it is read", async () => (await counted(url)).prompts === 9);
  good.response({ tool: "Bash" });
  await until("lines are read still", async () => (await counted(url)).tool_uses === 2);

  // Four good files, and two without a line that could be read.
  const { files_done, files_total } = await counted(url);
  deepEqual({ files_done, files_total }, { files_done: 6, files_total: 6 });
  const { code } = await server.stop("SIGTERM");
  equal(code, 0);
  equal(server.stderr, "");
});

Deno.test("blueplane reads other files, and warns once, when one may not be read", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { session: 1 }).prompt();
  const { path } = new Transcript(machine.claude, { session: 2 }).prompt();
  Deno.chmodSync(path, 0);
  const run = await runBound(machine, ["sync", "--json"]);
  if (!run) return;
  equal(run.code, 0);
  equal(JSON.parse(run.stdout).platforms.claude_code.events_new, 1);
  match(run.stderr, /^warning: Cannot read a transcript: permission denied \(.*\)\n$/);
});

Deno.test("blueplane tells of a folder that may not be read as of a file", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude, { session: 1, cwd: "/work/one" }).prompt();
  const { path } = new Transcript(machine.claude, { session: 2, cwd: "/work/two" }).prompt();
  const folder = dirname(path);
  const cursor = `${machine.path}/cursor`;
  Deno.mkdirSync(`${cursor}/globalStorage`, { recursive: true });
  const env = { ...machine.env, BLUEPLANE_CURSOR_USER_DIR: cursor };
  const run = async (...args: string[]) => await runBound({ ...machine, env }, args);
  if (!await run("sync")) return;
  for (
    const [mode, closed] of [[0o000, folder], [0o400, folder], [0, dirname(folder)]] as const
  ) {
    Deno.chmodSync(closed, mode);
    Deno.chmodSync(`${cursor}/globalStorage`, 0);
    const synced = await run("sync");
    const status = await run("status", "--json");
    const doctor = await run("doctor", "--json");
    Deno.chmodSync(closed, 0o700);
    Deno.chmodSync(`${cursor}/globalStorage`, 0o700);

    equal(synced?.code, 0);
    deepEqual(synced.stderr.trim().split("\n").toSorted(), [
      `warning: Cannot read a database: permission denied (${cursor}/globalStorage/state.vscdb)`,
      `warning: Cannot read a folder of transcripts: permission denied (${closed})`,
    ]);
    const { files_done, files_total } = JSON.parse(status!.stdout).coverage;
    deepEqual({ files_done, files_total }, { files_done: 2, files_total: 4 });
    const titles = JSON.parse(doctor!.stdout).findings.map((one: { title: string }) => one.title);
    const isTold = (text: string) => ok(titles.includes(text), `${text} in ${titles.join("\n")}`);
    isTold("Claude Code: every file that can be read is read to its end");
    isTold("Cursor: 1 folder cannot be read");
    ok(!titles.join().includes("their transcripts are gone"));
  }
});

Deno.test("blueplane refuses a database of a newer version and changes nothing", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt();
  await runBinary(machine, ["sync"]);
  const path = `${machine.home}/telemetry.db`;
  const db = new DatabaseSync(path);
  db.exec("pragma journal_mode = delete; pragma user_version = 999");
  db.close();
  const before = Deno.readFileSync(path);
  new Transcript(machine.claude, { session: 2 }).prompt();

  for (
    const args of [["sync"], ["metrics"], ["sessions"], ["status"], ["serve", "--port", "0"]]
  ) {
    const { code, stdout, stderr } = await runBinary(machine, args);
    deepEqual({ code, stdout }, { code: 1, stdout: "" }, args[0]);
    match(
      stderr,
      /^error: Cannot open the database: it has schema 999, .*install the newer.*\n$/,
    );
  }

  deepEqual(Deno.readFileSync(path), before);
});
