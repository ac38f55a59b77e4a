/** Reports of sessions that the real pipeline made, and a way to draw them. */

import type { TableLook } from "../../../cli/analysis/part_tables.ts";
import type { Paint } from "../../../cli/table.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { reportSession, type SessionReport } from "../../../core/reports/session_report.ts";
import { lookOf } from "../charts/looks.ts";
import { filledHome } from "../../helpers/filled_home.ts";

/** No colours. */
export const PLAIN: Paint = { dim: same, bold: same, green: same, red: same, yellow: same };

/** 80 columns without colours, all rows. */
export const LOOK: TableLook = {
  paint: PLAIN,
  signs: lookOf(80).signs,
  columns: 80,
  rowsMax: undefined,
};

/** The report of a session, by default of the known events. */
export async function sampleReport(
  session: string,
  events?: readonly TelemetryEvent[],
): Promise<SessionReport> {
  await using home = await filledHome(events);
  return reportSession(home.db, session)!;
}

function same(text: string): string {
  return text;
}
