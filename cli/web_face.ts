/**
 * What the web face is told of this process and its home: state, settings, exports.
 *
 * @module
 */

import { type Database, databaseBytes } from "../core/database.ts";
import { reportStatus } from "../core/reports/status_report.ts";
import type { WebContext } from "../web/web_context.ts";
import { readLastRun } from "./background/run_record.ts";
import { machineLabel } from "./machine_label.ts";
import { readRedisDepth } from "./redis_depth.ts";
import { redisSettings } from "./redis_settings.ts";
import { readServerNote } from "./server_file.ts";
import { shownSettings } from "./shown_settings.ts";
import { VERSION } from "./version.ts";
import { WebAudit } from "./web_audit.ts";
import { webExports } from "./web_export.ts";
import type { Workspace } from "./workspace.ts";

/** What it asks at each call; settings are those with which the server began. */
export function webFace(
  workspace: Workspace,
  { db, flags, trouble }: {
    db: Database;
    flags: Readonly<Record<string, string | number | undefined>>;
    trouble: () => string | undefined;
  },
): Pick<WebContext, "status" | "settings" | "exportFile" | "audit"> {
  const { io, globals, home, privacy } = workspace;
  const settings = shownSettings(io, globals, flags);
  return {
    settings: () => settings,
    exportFile: webExports(workspace),
    audit: new WebAudit(workspace),
    async status() {
      const redis = await readRedisDepth(redisSettings(workspace));
      const note = readServerNote(home);
      return reportStatus(db, {
        version: VERSION,
        server: note
          ? {
            pid: note.pid,
            url: note.url,
            started_at: note.started_at,
            captures: note.captures ?? true,
            trouble: trouble() ?? null,
          }
          : null,
        lastRun: readLastRun(home),
        machine: machineLabel(privacy),
        redis,
        databaseBytes: databaseBytes(home.database),
      });
    },
  };
}
