/**
 * Tests of what the commands print that run, or that an assistant runs, at every width. Ports and
 * numbers of processes stand as `#`.
 */

import { runCli } from "../../cli/cli.ts";
import { type Machine, runSource, tempMachine, until } from "../helpers/run_blueplane.ts";
import { recordedIo, runHere } from "./recorded_io.ts";
import { SNAPSHOT_WIDTHS } from "./snapshot_stage.ts";
import { checkSnapshot } from "./snapshots.ts";

const HELLO = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "snapshot", version: "1" },
  },
});
const STOP = JSON.stringify({ hook_event_name: "Stop", session_id: "s-1" });

/** What a command said, and how it ended. */
function shown(call: string, width: number, said: string, code?: number): string {
  const text = said.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:#")
    .replaceAll(/pid \d+/g, "pid #").replaceAll(/"version":"[^"]*"/g, '"version":"#"');
  const end = code === undefined ? "" : `exit code ${code}\n`;
  return `$ blueplane ${call}  # ${width} columns\n${text}${end}\n`;
}

async function told(machine: Machine, call: string, columns: number, stdin = "") {
  const { code, stdout, stderr } = await runHere(machine, call.split(" "), { columns, stdin });
  return shown(call, columns, stdout + stderr, code);
}

/** Serves until `use` is done. */
async function serving(machine: Machine, columns: number, use: () => Promise<string>) {
  const call = "serve --port 0";
  const io = recordedIo(machine, call.split(" "), { columns });
  let code: number | undefined;
  const running = runCli(io).then((exit) => code = exit);
  let rest = "";
  try {
    await until("it serves", () => io.stdout.text.endsWith("\n") || code !== undefined);
    rest = await use();
  } finally {
    io.interrupt();
    await running;
  }
  return shown(call, columns, io.stdout.text + io.stderr.text, code!) + rest;
}

Deno.test("runCli() prints what servers and assistants run as it was looked at", async (t) => {
  await t.step("serve and start", async () => {
    let all = "";
    for (const width of SNAPSHOT_WIDTHS) {
      using machine = tempMachine();
      all += await serving(machine, width, async () => await told(machine, "start", width));
      for (const call of ["start --host 0.0.0.0", "start --port 99999", "serve --port x"]) {
        all += await told(machine, call, width);
      }
    }
    checkSnapshot("serve", all);
  });
  await t.step("hook", async () => {
    let all = "";
    using machine = tempMachine();
    for (const width of SNAPSHOT_WIDTHS) {
      all += await told(machine, "hook claude-code", width, STOP);
      all += await told(machine, "hook nobody", width, "{");
    }
    checkSnapshot("hook", all);
  });
  await t.step("mcp", async () => {
    using machine = tempMachine();
    const { code, stdout, stderr } = await runSource(machine, ["mcp"], { stdin: `${HELLO}\n` });
    checkSnapshot("mcp", shown("mcp", SNAPSHOT_WIDTHS[0]!, stdout + stderr, code));
  });
});
