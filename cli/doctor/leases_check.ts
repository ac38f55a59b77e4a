/**
 * Examines the queues of the database: whether anything was taken out of them and left lying.
 *
 * @module
 */

import { type Database, prepareArrays } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { readingCommand } from "../capture_home.ts";
import type { Workspace } from "../workspace.ts";
import { leftLying } from "./left_lying.ts";

/** Who works takes again what somebody else left within seconds. */
const LEFT_AFTER_MS = 10 * 60_000;

/** The finding: what was taken long ago, and neither done nor taken again since. */
export function checkLeases({ home, io }: Workspace, db: Database): Finding[] {
  const [left, since] = prepareArrays(
    db,
    `select ifnull(sum(last_id - first_id + 1 - json_array_length(acked)), 0), min(expires_at)
     from stream_leases where expires_at < ?`,
  ).get(io.clock.now() - LEFT_AFTER_MS) as unknown as [number, number | null];
  return [leftLying("queue.pending", left, since, {
    now: io.clock.now(),
    remedy: `${readingCommand(home)} takes them again and ends what was begun`,
  })];
}
