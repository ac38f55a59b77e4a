/**
 * An event that another program posts, before anything of it is made safe.
 *
 * @module
 */

import type { EventType } from "./event.ts";

/** One of them: its shape is checked, and no text of it. */
export interface PostedEvent {
  readonly event_id?: string | undefined;
  /** ISO 8601 with a zone. */
  readonly timestamp: string;
  /** In any spelling. */
  readonly platform: string;
  readonly session_id: string;
  readonly event_type: EventType;
  readonly hook_type?: string | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly payload?: Readonly<Record<string, unknown>> | undefined;
  /** What else there is has no meaning. */
  readonly [name: string]: unknown;
}

/** What became of several. */
export interface EventsTaken {
  readonly events: number;
  /** Events that its user does not want captured. */
  readonly leftOut: number;
  /** Fields that are not known, or have a value that they cannot have. */
  readonly fieldsDropped: number;
}
