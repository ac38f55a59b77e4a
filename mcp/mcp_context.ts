/**
 * What the MCP server is made of.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Database } from "../core/database.ts";
import type { TelemetryEvent } from "../core/event.ts";
import type { Advisor } from "../core/reports/advisor.ts";
import type { ToolServers } from "../core/reports/found_insights.ts";
import type { TrackingEvents } from "../core/tracking.ts";
import type { Callers } from "./own_session.ts";

/** What is up to date for a call. */
export type UpToDate = "facts" | "counts";

/** What tools, resources and prompts work with. */
export interface McpContext {
  readonly clock: Clock;
  readonly version: string;
  readonly callers: Callers;
  readonly events: TrackingEvents;
  /** Called once the client is there: what takes its time to start can start then. */
  onConnected(): void;
  /**
   * Runs `use` with a reader of what is known now, which is up to date.
   *
   * @param upTo what of it must be: sums of facts alone, or turns and times, too; @default both
   */
  read<T>(use: (db: Database, advisor: Advisor) => T, upTo?: UpToDate): Promise<T>;
  /** Hands over events, durably; the next read knows of them, if one that writes runs. */
  record(events: readonly TelemetryEvent[]): Promise<void>;
  /** Calls back after data changed, at most some times a second. */
  onChange(listener: () => void): Disposable;
  /** Servers of tools that are switched on for all projects, for insights alone. */
  toolServers(): ToolServers;
  /** The platform that a name in any spelling means. */
  platformId(name: string): string | undefined;
}
