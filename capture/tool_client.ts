/**
 * A platform as a client of servers of tools: how one that it started knows it, and where servers
 * are listed.
 *
 * @module
 */

import type { Environment } from "./platform.ts";

/** A platform's side of it. */
export interface ToolClient {
  /** What its programs call themselves when they connect. */
  readonly names: readonly string[];
  /** The name in the `_meta` of a call below which the id of its tool use stands. */
  readonly callId?: string;
  /** Of the environment that a server is given: what names the session, which may be over. */
  readonly sessionVariable?: string;
  /** The session in which a running client of this process id says it is. */
  sessionOfProcess?(environment: Environment, pid: number): string | undefined;
  /** What names its folder, or several with commas between. */
  readonly folderVariable?: string;
  /** Files that list servers for all projects of the user; they may be missing. */
  files(environment: Environment): readonly string[];
  /** What is listed for a server that these words start. */
  entry(words: readonly string[]): Readonly<Record<string, unknown>>;
}
