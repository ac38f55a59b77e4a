/** Tests of what only the database tells of metrics. */

import { deepEqual, equal, match } from "node:assert/strict";
import type { MetricsOptions } from "../../cli/commands/metrics.ts";
import type { Format } from "../../cli/formats/chosen_format.ts";
import { runStoredMetrics } from "../../cli/stored_metrics.ts";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { recordedIo, runHere } from "./recorded_io.ts";

const GLOBALS = { color: true, sync: true };

async function stored(machine: Machine, options: Partial<MetricsOptions>, format: Format) {
  const io = recordedIo(machine, []), now = Date.now();
  const period = { from: options.period === "1h" ? now - 3_600_000 : undefined, to: now };
  const asked = { period: "all", ...options };
  const code = await runStoredMetrics(io, GLOBALS, asked, { format, period, now });
  deepEqual([code, io.stderr.text], [0, ""]);
  return io.stdout.text;
}

Deno.test("runStoredMetrics() draws, and shows how busy groups were", async () => {
  using machine = tempMachine();
  const startedAt = Date.now() - 3 * 3_600_000;
  new Transcript(machine.claude, { startedAt }).prompt().response({ tool: "Edit", output: 1200 });

  match(await stored(machine, {}, "chart"), /^responses by 5 minutes, all time: 1$/m);
  match(
    await stored(machine, { groupBy: "tool" }, "table"),
    /^ tool .* activity *\n.*\n? Edit .*█/m,
  );
  match(
    await stored(machine, { period: "1h" }, "table"),
    /^Nothing in this period \(last 1h\); /,
  );
});

Deno.test("runStoredMetrics() refuses what cannot be drawn, also of nothing", async () => {
  using machine = tempMachine();
  const { code, stderr } = await runHere(machine, ["metrics", "-f", "chart", "--metric", "cots"]);
  equal(code, 2);
  match(stderr, /^error: Cannot draw the metric: 'cots' .*did you mean cost_usd\?/);
});
