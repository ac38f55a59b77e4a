/** Ways to draw charts in tests: without colours, in blocks or in ASCII. */

import { type ChartLook, chartLook } from "../../../cli/charts/chart_look.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { recordedIo } from "../recorded_io.ts";

/** So many columns, by default in blocks. */
export function lookOf(width: number, env: Record<string, string | undefined> = {}): ChartLook {
  using machine = tempMachine();
  return chartLook(recordedIo(machine, [], { columns: width, env }), { color: true, sync: true });
}
