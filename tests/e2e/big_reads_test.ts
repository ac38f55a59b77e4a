/** Tests of reads that are long, or larger than the memory; the soak has more of them. */

import { equal } from "node:assert/strict";
import { hasOpen, holdBigLine, holdInterrupted } from "../helpers/big_reads.ts";
import { writeBigLine, writeMany } from "../helpers/big_transcripts.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";

const isLinux = Deno.build.os === "linux";
/** More than a database is before anything is stored in it. */
const EMPTY_BYTES = 900_000;

Deno.test({
  name: "blueplane sync reads a line of 64 MB in bounded memory, and counts its neighbours",
  ignore: !isLinux, // Only its /proc tells the memory of another process.
  fn: async () => {
    using machine = tempMachine();
    await holdBigLine(machine, 64);
  },
});

Deno.test({
  name: "blueplane sync reads only the rest, when the one before was interrupted",
  ignore: Deno.build.os === "windows", // There is no SIGINT to send.
  fn: async () => {
    using machine = tempMachine();
    const prompts = writeMany(machine.claude, 12, 60);

    const totals = await holdInterrupted(
      machine,
      3,
      (sync, round) =>
        sync.until(
          "it stores",
          () => sizeOf(`${machine.home}/telemetry.db-wal`) > EMPTY_BYTES + round * 50_000,
        ),
    );

    equal(totals.user_prompts, prompts);
  },
});

Deno.test({
  name: "blueplane sync stops soon, when it is interrupted in a file that tells nothing",
  ignore: !isLinux, // Only its /proc tells that another process has a file open.
  fn: async () => {
    using machine = tempMachine();
    const { path } = writeBigLine(machine.claude, 1);
    const line = Deno.readTextFileSync(path).split("\n")[1]!;
    for (let i = 0; i < 150; i++) Deno.writeTextFileSync(path, `${line}\n`, { append: true });

    await holdInterrupted(
      machine,
      1,
      (sync) => sync.until("it has begun", () => hasOpen(sync.pid, path)),
    );
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
