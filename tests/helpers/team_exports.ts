/** Anonymous exports as members of a team send them, and files to which something was done. */

import { teamColumns } from "../../cli/team/team_columns.ts";

/** What differs from the usual export. */
export interface TeamExportSketch {
  /** A number for the member; null for nobody. */
  readonly member?: number | null;
  readonly id?: number;
  readonly exportedOn?: string;
  readonly from?: string | null;
  readonly to?: string;
  readonly what?: string;
  readonly rows?: readonly object[];
  readonly filters?: object;
}

/** The header of an export. */
export function teamHeaderOf(
  {
    member = 1,
    id = 1,
    exportedOn = "2026-03-20",
    from = null,
    to = "2026-03-20",
    what,
    filters,
  }: TeamExportSketch = {},
): Record<string, unknown> {
  return {
    schema: "blueplane.export/1",
    what: what ?? "sessions",
    version: "0.1.0",
    exported_at: exportedOn,
    period: { from, to },
    export_id: `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`,
    anonymized: { k: 5, units: "sessions", method: "microaggregation" },
    ...(filters ? { filters } : {}),
    ...(member === null ? {} : { member: String(member).padStart(32, "0") }),
  };
}

/** A row of sessions, of which so much is known. */
export function teamRow(numbers: Readonly<Record<string, unknown>> = {}): object {
  return { platform: "claude_code", month: "2026-03", ...numbers };
}

/** The text of an export as JSON. */
export function teamExport(sketch: TeamExportSketch = {}): string {
  const { what = "sessions", rows = [teamRow({ user_prompts: 2 })] } = sketch;
  return JSON.stringify({ ...teamHeaderOf(sketch), [what]: rows });
}

/** All columns of sessions, as numbers are asked for by name. */
export const SESSION_COLUMNS = teamColumns("sessions");

/** A folder that is soon gone, with files in it. */
export class TeamFolder implements Disposable {
  readonly path = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  #count = 0;

  /** Writes a file. @returns its path */
  add(content: string | Uint8Array, name = `${++this.#count}.json`): string {
    const path = `${this.path}/${name}`;
    if (typeof content === "string") Deno.writeTextFileSync(path, content);
    else Deno.writeFileSync(path, content);
    return path;
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
