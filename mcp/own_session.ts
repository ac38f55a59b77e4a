/**
 * Which session calls: what a call, the environment and the last minutes tell of it, the surest
 * first, and how sure that is.
 *
 * @module
 */

import type { Database } from "../core/database.ts";
import {
  type FoundSession,
  liveSessions,
  sessionOfCall,
  sessionWithId,
} from "../core/reports/live_sessions.ts";

/** A session as an assistant names it. */
interface NamedSession {
  readonly platform: string;
  readonly sessionId: string;
}

/** What is known of whoever may call, from outside of any call. */
export interface Callers {
  /** Platforms by what their clients call themselves. */
  readonly clients: ReadonlyMap<string, string>;
  /** Names in the `_meta` of a call below which the id of its tool use stands. */
  readonly callIds: readonly string[];
  /** The session that the environment of this process names. */
  readonly named: NamedSession | undefined;
  /** The session in which the client that started this process is just now, if it tells. */
  running(): NamedSession | undefined;
  /** Hashes of the projects in whose folder this process was started. */
  readonly projects: readonly string[];
  /** The hash of the project to which a folder belongs. */
  projectOf(folder: string): string;
}

/** What one call tells. */
export interface Call {
  /** What the client calls itself. */
  readonly client: string | undefined;
  readonly meta: Readonly<Record<string, unknown>> | undefined;
  /** Hashes of the projects that the client has open; none where it does not tell. */
  readonly roots: readonly string[];
}

/** By what a session was found, the surest first. */
export const KNOWN_BY = [
  "tool_use_id",
  "parent_process",
  "environment",
  "project",
  "platform",
] as const;

/** A session that calls, as far as can be told. */
export interface OwnSession extends FoundSession {
  readonly knownBy: typeof KNOWN_BY[number];
  /** From 0 to 1: how likely it is the one; by a tool use's id it is certain. */
  readonly confidence: number;
}

/** Whoever calls has said something just before. */
const LIVE_MS = 10 * 60_000;
const CONFIDENCE = {
  running: 0.95,
  environment: 0.9,
  alone: 0.8,
  project: 0.5,
  platform: 0.3,
} as const;

/** The session that calls; undefined where nothing tells of one. */
export function findOwnSession(
  db: Database,
  callers: Callers,
  call: Call,
  now: number,
): OwnSession | undefined {
  for (const id of callers.callIds.map((name) => call.meta?.[name])) {
    const found = typeof id === "string" ? sessionOfCall(db, id) : undefined;
    if (found) return { ...found, knownBy: "tool_use_id", confidence: 1 };
  }
  const platform = call.client === undefined ? undefined : callers.clients.get(call.client);
  const running = namedSession(db, callers.running(), platform);
  if (running) return { ...running, knownBy: "parent_process", confidence: CONFIDENCE.running };
  const named = namedSession(db, callers.named, platform);
  // Behind a `/clear` or the like a session has another id than the environment still has.
  if (named) return { ...named, knownBy: "environment", confidence: CONFIDENCE.environment };
  const projects = call.roots.length > 0 ? call.roots : callers.projects;
  const live = { since: now - LIVE_MS, platform };
  const [own, ...others] = liveSessions(db, { ...live, projects });
  if (own) {
    const confidence = others.length === 0 ? CONFIDENCE.alone : CONFIDENCE.project;
    return { ...own, knownBy: "project", confidence };
  }
  // Of a client that is not known nothing else speaks for its being any of them.
  const [last] = platform === undefined ? [] : liveSessions(db, live);
  return last && { ...last, knownBy: "platform", confidence: CONFIDENCE.platform };
}

function namedSession(
  db: Database,
  named: NamedSession | undefined,
  platform: string | undefined,
): FoundSession | undefined {
  if (!named || platform !== undefined && platform !== named.platform) return undefined;
  return sessionWithId(db, named.sessionId, named.platform);
}
