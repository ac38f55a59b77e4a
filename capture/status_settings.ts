/**
 * How an assistant's client is told to ask us for its status line, and what it gives us then.
 *
 * @module
 */

import type { ClientStatus } from "../core/client_status.ts";
import type { Privacy } from "../core/privacy.ts";

/** A platform's side of the status line. */
export interface StatusSettings {
  /** The name of the value in the settings files, which are those that hooks are in. */
  readonly key: string;
  /**
   * The status that is given; undefined for what is none.
   *
   * @param receivedAt milliseconds
   */
  read(payload: unknown, receivedAt: number, privacy: Privacy): ClientStatus | undefined;
  /** What is written. @param program with its options, as a shell reads them */
  value(program: string): unknown;
  /** Whether a value is one of ours. */
  isOwn(value: unknown): boolean;
  /** The program that such a value calls, with its options, as a shell reads them. */
  programOf(own: unknown): string | undefined;
}
