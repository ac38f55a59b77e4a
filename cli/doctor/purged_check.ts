/**
 * Tells where a purge closed an assistant to what is still to come.
 *
 * @module
 */

import type { Database } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { formatCounted } from "../../core/format.ts";
import { countAhead } from "../../pipeline/purged_file.ts";
import { readingCommand } from "../capture_home.ts";
import type { Workspace } from "../workspace.ts";

/** Nothing, where it did not. */
export function checkPurged({ home, io }: Workspace, db: Database): Finding[] {
  const ahead = countAhead(db, io.clock.now());
  if (ahead === 0) return [];
  return [{
    id: "purged",
    severity: "warning",
    title: `A purge reaches into the future: nothing new of ${
      formatCounted(ahead, "assistant")
    } is stored until then`,
    numbers: { purged_ahead: ahead },
    remedy: `${readingCommand(home)} ends that, if the clock of this machine was right; ` +
      "else blueplane sync --again lets all that was purged be read again",
  }];
}
