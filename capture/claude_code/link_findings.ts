/**
 * Says where transcripts may be that nobody reads: behind links below `projects`, which are not
 * followed, as they could lead anywhere.
 *
 * @module
 */

import type { Finding } from "../../core/finding.ts";
import { formatCounted } from "../../core/format.ts";
import { listLinks } from "./locate.ts";

const PATHS_MAX = 10;

/** A note of all links below `projects` folders; none where there is none. */
export function linkFindings(folders: readonly string[]): Finding[] {
  const links = folders.flatMap(listLinks);
  if (links.length === 0) return [];
  return [{
    id: "links.claude_code",
    severity: "note",
    title: `Claude Code: ${formatCounted(links.length, "link")} below projects not followed`,
    numbers: { links_not_followed: links.length },
    remedy: "Name the folder that holds the other projects folder in CLAUDE_CONFIG_DIR, too",
    details: links.slice(0, PATHS_MAX),
  }];
}
