/**
 * What a rule of insights is: what it looks at, and what it finds.
 *
 * @module
 */

import type { EventType } from "./event.ts";
import type { PricedUsage } from "./prices.ts";
import type { Outcome } from "./session_counts.ts";

/** Of what insights speak. */
export const INSIGHT_TYPES = ["productivity", "errors", "patterns", "cost", "context"] as const;

/** Of what an insight speaks. */
export type InsightType = typeof INSIGHT_TYPES[number];

/** How much insights matter, the least first: its place is the number of a severity. */
export const SEVERITIES = ["low", "medium", "high"] as const;

/** How much an insight matters. */
export type Severity = typeof SEVERITIES[number];

/** What could have been spared; what is not known is left out. */
export interface Gain {
  readonly tokens?: number;
  /** Millionths of a dollar. */
  readonly micros?: number;
  readonly ms?: number;
}

/** One finding in one session. */
export interface Found {
  /** The safe word that it speaks of: a tool, an extension, a model. */
  readonly member?: string;
  /** First and last moment. */
  readonly at: number;
  readonly untilAt: number;
  /** How often, or how much. */
  readonly count: number;
  /** Of how many. */
  readonly n: number;
  /** A second number. */
  readonly amount?: number;
  readonly gain?: Gain;
}

/** How a kind of insight is told. */
export interface InsightKind {
  /** `<type>.<what>`, the same in every version. */
  readonly name: string;
  readonly type: InsightType;
  /** What `count` counts, as a name in JSON: millionths of a dollar are `_usd` there. */
  readonly counts: string;
  /** What `amount` is, as a name in JSON. */
  readonly amounts?: string;
  /** What `n` counts, as people read it behind a number. */
  readonly of: string;
  /** From what size on it is of medium and of high severity; below that it is of low. */
  readonly levels: { readonly medium: number; readonly high: number };
  /** The size that the levels are of. @default `count` */
  size?(found: Found): number;
  /** In fewer sessions it is no finding. @default {1} */
  readonly sessionsMin?: number;
  /**
   * Which of several sessions is told of: where one may be misleading, the one in the middle, and
   * all are taken to gain what that does. @default `worst`
   */
  readonly shows?: "worst" | "middle";
  /** One sentence without full stop. */
  title(found: Found): string;
  /** What to do. */
  readonly suggestion: string;
}

/** A kind that is found in the facts of one session, and stored. */
export interface SessionKind extends InsightKind {
  /** Begins to watch a session. */
  watch(session: SessionSeen): Watcher;
}

/** What besides its facts may be asked of a session. */
export interface SessionSeen {
  /** Whether its beginning is recorded in another session. */
  isFork(): boolean;
  /** In millionths of a dollar; null where the model has no price. */
  priceOf(usage: PricedUsage): number | null;
}

/**
 * Sees all facts of a session once, in the order of time, and then says what it found. It sees the
 * same facts in the same order, however they came.
 */
export interface Watcher extends FactWatcher {
  found(): Found[];
}

/** Is shown the facts. */
export interface FactWatcher {
  input?(input: InputSeen): void;
  response?(response: ResponseSeen): void;
  call?(call: CallSeen): void;
}

/** What a person typed or did, or what happened to the session. */
export interface InputSeen {
  /** At the earliest, where it is not timed. */
  readonly at: number;
  readonly timed: boolean;
  readonly type: EventType;
  /** The size of what was typed; null where it is not told. */
  readonly characters: number | null;
  readonly words: number | null;
  /** How full the context was before and after it was compacted; null where it is not told. */
  readonly tokensBefore: number | null;
  readonly tokensAfter: number | null;
}

/** A response of the model. */
export interface ResponseSeen {
  readonly at: number;
  /** Whether a sub-agent got it. */
  readonly side: boolean;
  readonly model: string;
  /** Whether its tokens are the client's own: they are none, or an estimate, where not. */
  readonly tokensKept: boolean;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheCreation: number;
  /** Part of `cacheCreation`. */
  readonly cacheCreation1h: number;
  readonly fast: boolean;
}

/** A call of a tool, with its end as far as that is known. */
export interface CallSeen {
  readonly at: number;
  /** Whether a sub-agent made it. */
  readonly side: boolean;
  readonly tool: string;
  /** Whether the tool changes files. */
  readonly isEdit: boolean;
  readonly outcome: Outcome | null;
  readonly error: string | null;
  readonly resolvedAt: number | null;
  /** As the client measured it. */
  readonly durationMs: number | null;
  /** Stands for a path. */
  readonly file: number | null;
  readonly extension: string | null;
  readonly form: string | null;
  readonly resultCharacters: number | null;
  /** Whether a person was asked. */
  readonly asked: boolean;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** Whether it made a file. */
  readonly created: boolean;
  /** Commits, pushes and pull requests that it made. */
  readonly commits: number;
}

/** A kind that sets sessions beside each other. */
export interface WideKind extends InsightKind {
  /**
   * Whether it speaks of each project by itself, or of all sessions of an assistant: where its
   * settings name servers, as nothing else is said of all. @default `project`
   */
  readonly scope?: "project" | "all";
  /**
   * @param sessions of one project or all, the earliest first
   * @param servers of tools, as the assistant's settings name them for all projects
   */
  find(sessions: readonly SessionTotals[], servers: readonly string[]): WideFound[];
}

/** One finding in several sessions. */
export interface WideFound extends Found {
  /** The one session that it speaks of; the latest where it speaks of all. */
  readonly session: SessionTotals;
}

/** What is summed of a session. */
export interface SessionTotals {
  readonly number: number;
  readonly sessionId: string;
  readonly platform: string;
  readonly project: string | null;
  readonly startedAt: number;
  readonly endedAt: number;
  /** What people typed. */
  readonly prompts: number;
  readonly interruptions: number;
  /** By model: responses, and what they cost; null where that is not known. */
  readonly models: ReadonlyMap<string, { messages: number; micros: number | null }>;
  readonly tools: ReadonlyMap<string, ToolTotals>;
  /** By model. */
  readonly work: ReadonlyMap<string, ModelWork>;
  /** Servers of the tools that were called; null where one is not known. */
  readonly servers: ReadonlySet<string | null>;
}

/** What is summed of a tool. */
export interface ToolTotals {
  readonly uses: number;
  readonly ok: number;
  readonly failed: number;
  readonly rejected: number;
  readonly lines: number;
  /** What calls cost that a person refused, and calls that failed: millionths of a dollar. */
  readonly rejectedMicros: number;
  readonly failedMicros: number;
}

/** What a model's responses cost, as far as their outcome is known, and what came of it. */
export interface ModelWork {
  /** Millionths of a dollar. */
  readonly micros: number;
  /** Lines that kept edits added. */
  readonly lines: number;
  /** Edits that stand, of all whose fate is known. */
  readonly kept: number;
  readonly judged: number;
}
