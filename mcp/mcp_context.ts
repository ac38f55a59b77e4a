/**
 * What the MCP server is made of.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";

/** What tools work with. */
export interface McpContext {
  readonly clock: Clock;
  readonly version: string;
  /** Runs `use` with a reader of what is known now, which is up to date. */
  read<T>(use: (db: Database) => T): Promise<T>;
}
