/**
 * What derives of a session itself: its project, its first and last moment, its versions.
 *
 * @module
 */

import type { Database, Statement } from "../../core/database.ts";
import type { EventType, TelemetryEvent } from "../../core/event.ts";
import { factKey } from "../../core/fact_key.ts";
import type { Words } from "../../core/words.ts";

/** What makes a session of what would else be a file of notes. */
const SESSION_TYPES: ReadonlySet<string> = new Set<EventType>([
  "user_prompt",
  "queued_prompt",
  "slash_command",
  "assistant_response",
  "tool_use",
]);

/** What a sub-agent does that has a transcript of its own. */
const AGENT_TYPES: ReadonlySet<string> = new Set<EventType>([
  "subagent_prompt",
  "assistant_response",
]);

interface Sight {
  project: string | undefined;
  projectAt: number;
  startedAt: number;
  endedAt: number;
  counted: boolean;
  tokensKept: boolean;
  readonly versions: Set<string>;
  readonly agents: Set<string>;
}

/** Collects what a batch tells of sessions, and writes it once at its end. */
export class SessionTable {
  readonly #words: Words;
  readonly #sights = new Map<number, Sight>();
  readonly #widen: Statement;
  readonly #setProject: Statement;
  readonly #addVersion: Statement;
  readonly #addAgent: Statement;
  readonly #count: Statement;
  readonly #noteUnkept: Statement;

  constructor(db: Database, words: Words) {
    this.#words = words;
    this.#widen = db.prepare(
      `update sessions set started_at = min(ifnull(started_at, ?1), ?1),
         ended_at = max(ifnull(ended_at, ?2), ?2)
       where id = ?3 and (started_at is null or started_at > ?1 or ended_at < ?2)`,
    );
    // Of two projects told at the same moment the one with the smaller hash stays.
    this.#setProject = db.prepare(
      `update sessions set project = ?1, project_at = ?2
       where id = ?3 and (project_at is null or project_at > ?2 or (project_at = ?2 and
         (select text from words where id = ?1) < (select text from words where id = project)))`,
    );
    this.#count = db.prepare("update sessions set counted = 1 where id = ? and counted = 0");
    this.#noteUnkept = db.prepare(
      "update sessions set tokens_kept = 0 where id = ? and tokens_kept = 1",
    );
    this.#addAgent = db.prepare(
      "insert into session_agents (session, agent) values (?, ?) on conflict do nothing",
    );
    this.#addVersion = db.prepare(
      "insert into session_versions (session, version) values (?, ?) on conflict do nothing",
    );
  }

  /** Notes what one event tells of its session. */
  see(session: number, event: TelemetryEvent): void {
    const at = event.timestamp;
    const project = event.metadata.project_hash as string | undefined;
    const version = event.metadata.version as string | undefined;
    let sight = this.#sights.get(session);
    if (!sight) {
      sight = {
        project: undefined,
        projectAt: Infinity,
        startedAt: Infinity,
        endedAt: -Infinity,
        counted: false,
        tokensKept: true,
        versions: new Set(),
        agents: new Set(),
      };
      this.#sights.set(session, sight);
    }
    sight.counted ||= counts(event);
    if (event.payload.tokens !== undefined) sight.tokensKept = false;
    if (version !== undefined) sight.versions.add(version);
    const agent = agentOf(event);
    if (agent !== undefined) sight.agents.add(agent);
    if (event.metadata.undated === true) return;
    sight.startedAt = Math.min(sight.startedAt, at);
    sight.endedAt = Math.max(sight.endedAt, at);
    if (project === undefined || at > sight.projectAt) return;
    if (at < sight.projectAt || project < (sight.project ?? "")) sight.project = project;
    sight.projectAt = at;
  }

  /** Writes what the batch told; the caller holds the transaction. @returns its sessions */
  flush(): number[] {
    const sessions = [...this.#sights.keys()];
    for (const [session, sight] of this.#sights) {
      if (sight.startedAt !== Infinity) {
        this.#widen.run(sight.startedAt, sight.endedAt, session);
      }
      if (sight.counted) this.#count.run(session);
      if (!sight.tokensKept) this.#noteUnkept.run(session);
      if (sight.project !== undefined) {
        this.#setProject.run(this.#words.number(sight.project), sight.projectAt, session);
      }
      for (const agent of sight.agents) this.#addAgent.run(session, factKey(agent));
      for (const version of sight.versions) {
        this.#addVersion.run(session, this.#words.number(version));
      }
    }
    this.#sights.clear();
    return sessions;
  }

  /** Forgets an unfinished batch. */
  reset(): void {
    this.#sights.clear();
  }
}

/**
 * The sub-agent that an event shows at work. Old clients wrote its lines into the session's own
 * file, without an id: there its task stands for it. One that the client started by itself, to
 * warm up, is none.
 */
function agentOf({ eventId, eventType, metadata }: TelemetryEvent): string | undefined {
  if (!AGENT_TYPES.has(eventType) || metadata.warmup === true) return undefined;
  if (typeof metadata.agent_id === "string") return metadata.agent_id;
  return eventType === "subagent_prompt" ? eventId : undefined;
}

/** What the client made up counts for nothing; of what a hook tells, prompts and calls do. */
function counts({ eventType, hookType, payload }: TelemetryEvent): boolean {
  if (!SESSION_TYPES.has(eventType) || payload.synthetic === true) return false;
  return hookType === undefined || eventType === "user_prompt" ||
    payload.tool_use_id !== undefined;
}
