/** Tests of the binary as a stranger meets it: another folder, an empty environment, a pipe. */

import { deepEqual, equal, match } from "node:assert/strict";
import { binaryPath, runBinary, startBinary, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";

Deno.test("blueplane works from another folder with nothing but HOME", async () => {
  using machine = tempMachine();
  const options = { env: { HOME: machine.user }, cwd: "/" };
  new Transcript(`${machine.user}/.claude`).prompt().response({ tool: "Edit" }).result();
  const run = (...args: string[]) => runBinary(machine, args, options);

  const sync = await run("sync");
  const metrics = await run("metrics", "--json");
  const sessions = await run("sessions");
  const status = await run("status");

  deepEqual([sync, metrics, sessions, status].map(({ stderr }) => stderr), ["", "", "", ""]);
  deepEqual([sync, metrics, sessions, status].map(({ code }) => code), [0, 0, 0, 3]);
  match(sync.stdout, /^Claude Code: 4 new events from 1 file/);
  const { totals } = JSON.parse(metrics.stdout);
  deepEqual([totals.user_prompts, totals.assistant_messages, totals.tool_uses], [1, 1, 1]);
  match(sessions.stdout, /^ 00000001 +engine +/m);
  equal(Deno.statSync(`${machine.user}/.blueplane/telemetry.db`).isFile, true);
});

Deno.test("blueplane metrics gives the numbers of its list as CSV and Markdown", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response({ output: 1234 });
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runBinary(machine, args);
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    return stdout;
  };

  const { metrics } = JSON.parse(await run("metrics", "--list", "-f", "json"));
  const csv = (await run("metrics", "-p", "all", "-f", "csv")).split("\r\n");
  const markdown = await run("metrics", "-p", "all", "--format", "markdown");
  const sessions = (await run("sessions", "-f", "csv")).split("\r\n");

  const listed = new Set(metrics.map(({ id }: { id: string }) => id));
  deepEqual(csv.slice(1, -1).filter((line) => !listed.has(line.split(",")[0]!)), []);
  equal(csv.find((line) => line.startsWith("tokens_output,"))?.split(",")[2], "1234");
  match(markdown, /^\| output tokens \| 1,234 \|/m);
  equal(sessions.length, 3);
  equal(sessions[1]!.split(",")[sessions[0]!.split(",").indexOf("tokens_output")], "1234");
});

Deno.test("blueplane explains itself, and says what is wrong in one line", async () => {
  using machine = tempMachine();
  match((await runBinary(machine, ["--version"])).stdout, /^\d+\.\d+\.\d+\n$/);
  match((await runBinary(machine, ["--help"])).stdout, /^Usage: blueplane [^]*^Examples:/m);
  match((await runBinary(machine, ["metrics", "-h"])).stdout, /^Usage: blueplane metrics/);
  const typo = await runBinary(machine, ["metrcs"]);
  deepEqual({ code: typo.code, stdout: typo.stdout }, { code: 2, stdout: "" });
  match(typo.stderr, /^error: Cannot run 'metrcs': .*did you mean metrics\?\n$/);
});

Deno.test({
  name: "blueplane sessions ends quietly, when the reader of its pipe has had enough",
  ignore: Deno.build.os === "windows", // Its shell has no head.
  async fn() {
    using machine = tempMachine();
    for (let session = 1; session <= 300; session++) {
      new Transcript(machine.claude, { session }).prompt();
    }
    await runBinary(machine, ["sync"]);
    const script = `"${binaryPath()}" sessions -n 0 --json; echo "exit $?" >&2`;
    const child = new Deno.Command("/bin/sh", {
      args: ["-c", `{ ${script}; } | head -n 1`],
      clearEnv: true,
      env: { ...machine.env, PATH: "/usr/bin:/bin" },
    });
    const { stdout, stderr } = await child.output();
    const decoder = new TextDecoder();
    equal(decoder.decode(stdout), "{\n");
    equal(decoder.decode(stderr), "exit 0\n");
  },
});

Deno.test({
  name: "blueplane sync exits with 130 when interrupted, and the next one reads the rest",
  ignore: Deno.build.os === "windows", // There is no SIGINT to send.
  async fn() {
    using machine = tempMachine();
    // Files of several chunks, so that the interruption falls into the middle of one.
    const text = "word ".repeat(1000);
    for (let session = 1; session <= 12; session++) {
      const transcript = new Transcript(machine.claude, { session });
      const lines = Array.from({ length: 1000 }, () => {
        return transcript.line("user", { message: { role: "user", content: text } });
      });
      transcript.write(`${lines.join("\n")}\n`);
    }
    for (let round = 1; round <= 3; round++) {
      await using running = startBinary(machine, ["sync"]);
      await running.until("it stores", () => sizeOf(`${machine.home}/telemetry.db-wal`) > 50_000);
      const { code } = await running.stop("SIGINT");
      equal(code, 130, running.stdout + running.stderr);
    }

    const rest = await runBinary(machine, ["sync"]);
    const { stdout } = await runBinary(machine, ["metrics", "-p", "all", "--json"]);

    deepEqual({ code: rest.code, stderr: rest.stderr }, { code: 0, stderr: "" });
    const { totals, coverage } = JSON.parse(stdout);
    deepEqual([coverage.files_done, coverage.files_total], [12, 12]);
    equal(totals.user_prompts, 12_000);
  },
});

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
