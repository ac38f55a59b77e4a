/** What CI tries with megabytes, with hundreds of them, and over files as real homes have. */

import { deepEqual } from "node:assert/strict";
import { holdBigLine, holdInterrupted } from "../helpers/big_reads.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";

const MEGABYTES = Number(Deno.env.get("SOAK_MEGABYTES") ?? "") || 100;
const generator = decodeURIComponent(
  new URL("../../../shared/bench/gen_large.py", import.meta.url).pathname,
);

Deno.test("holdBigLine() reads a line of 300 MB", async () => {
  using machine = tempMachine();
  await holdBigLine(machine, 300);
});

Deno.test("holdInterrupted() reads the rest of a large home, when it stopped often", async () => {
  using machine = tempMachine();
  const made = `${machine.path}/made`;
  const { success } = new Deno.Command("python3", { args: [generator, made, String(MEGABYTES)] })
    .outputSync();
  if (!success) throw new Error(`Cannot make a large home: ${generator} failed`);
  Deno.removeSync(`${machine.claude}/projects`);
  Deno.renameSync(`${made}/projects`, `${machine.claude}/projects`);

  const totals = await holdInterrupted(
    machine,
    5,
    (sync, round) =>
      sync.until(
        "it stores",
        () =>
          sizeOf(`${machine.home}/telemetry.db`) + sizeOf(`${machine.home}/telemetry.db-wal`) >
            round * 1_000_000,
      ),
  );

  const truth = JSON.parse(Deno.readTextFileSync(`${made}/truth.json`));
  const tokens = totals.tokens as Record<string, number>;
  deepEqual({
    messages: totals.assistant_messages,
    toolUses: totals.tool_uses,
    input: tokens.input,
    output: tokens.output,
    cacheRead: tokens.cache_read,
    cacheCreate: tokens.cache_creation,
  }, {
    messages: truth.messages,
    toolUses: truth.toolUses,
    input: truth.input,
    output: truth.output,
    cacheRead: truth.cacheRead,
    cacheCreate: truth.cacheCreate,
  });
});

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
