/**
 * How a session was used, as the walk along its facts counts it: written by the tiers of the sums.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import { type Database, prepareArrays } from "../../core/database.ts";
import type { Prices } from "../../core/prices.ts";
import { SESSION_USAGE, WORKFLOW_COUNTS } from "../../core/session_counts.ts";
import { keptFrom, keptTiers, type Tier } from "../../core/tiers.ts";
import type { Words } from "../../core/words.ts";
import { watchCalls } from "./usage/call_usage.ts";
import { watchCompactions, watchRequests } from "./usage/context_usage.ts";
import { watchFiles } from "./usage/file_usage.ts";
import { watchPhases } from "./usage/phase_usage.ts";
import { watchOperations, watchPrompts } from "./usage/prompt_usage.ts";
import { type SessionUsage, USAGE_COLUMNS, UsageTally } from "./usage/tally.ts";
import { SequenceWatch, type ToolSequence } from "./usage/tool_sequences.ts";
import type { UsagePart } from "./usage/usage_part.ts";
import { WorkflowWatch } from "./usage/workflow_watch.ts";

/** Watches one session. */
export interface UsageWatch {
  /** All of them are to be shown every fact. */
  readonly watchers: readonly UsagePart[];
  readonly tally: UsageTally;
  readonly sequences: SequenceWatch;
  readonly workflows: WorkflowWatch;
}

/** To be raised when the same facts are counted in another way. */
export const USAGE_RULES = 4;

const PARTS = [
  watchCalls,
  watchCompactions,
  watchFiles,
  watchOperations,
  watchPhases,
  watchPrompts,
  watchRequests,
];

/** Writes the tables `usage_sums`, `session_usage`, `tool_sequences` and `workflows`. */
export class UsageTable {
  readonly #clock: Clock;
  readonly #words: Words;
  readonly #prices: Prices;
  readonly #tiers: readonly Tier[];
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database, words: Words, prices: Prices, clock: Clock) {
    this.#clock = clock;
    this.#words = words;
    this.#prices = prices;
    this.#tiers = keptTiers(db);
    this.#statements = prepare(db);
  }

  /** Begins to watch a session; `isFork` says whether its beginning is another's. */
  watch(isFork: () => boolean): UsageWatch {
    const tally = new UsageTally(), sequences = new SequenceWatch();
    const workflows = new WorkflowWatch();
    const contextOf = (model: string) => this.#prices.contextOf(model);
    // Each first edit of a file asks for it.
    let fork: boolean | undefined;
    const parts = { tally, contextOf, isFork: () => fork ??= isFork() };
    const watchers = [...PARTS.map((watch) => watch(parts)), sequences, workflows];
    return { watchers, tally, sequences, workflows };
  }

  /** Writes what was seen of a whole session; the caller holds the transaction. */
  write(session: number, { watchers, tally, sequences, workflows }: UsageWatch): void {
    this.#writeSums(session, tally);
    this.#writeSequences(session, sequences.found());
    this.#writeWorkflows(session, workflows.found());
    const all = watchers.reduce<SessionUsage>((all, watcher) => ({
      ...all,
      ...watcher.session?.(),
    }), {});
    if (all.operations === 0) this.#statements.removeSession.run(session);
    else this.#statements.putSession.run(session, ...SESSION_USAGE.map((name) => all[name]!));
  }

  /** What stays is not written. */
  #writeSums(session: number, tally: UsageTally): void {
    const { stored, put, remove } = this.#statements;
    const rows = stored.all(session) as unknown as number[][];
    const before = new Map(rows.map(([tier, bucket, ...row]) => [`${tier} ${bucket}`, row]));
    const now = this.#clock.now();
    for (const tier of this.#tiers) {
      const { seconds } = tier, from = keptFrom(tier, now);
      if (tier.keepMs !== Infinity) this.#statements.expire.run(seconds, from);
      for (const [bucket, row] of tally.rows(seconds, from)) {
        const name = `${seconds} ${bucket}`, known = before.get(name);
        before.delete(name);
        if (!known?.every((value, i) => value === row[i])) {
          put.run(seconds, bucket, session, ...row);
        }
      }
    }
    for (const name of before.keys()) {
      const [tier, bucket] = name.split(" ").map(Number);
      remove.run(tier!, bucket!, session);
    }
  }

  #writeSequences(session: number, sequences: readonly ToolSequence[]): void {
    this.#statements.clearSequences.run(session);
    for (const [tools, count] of sequences) {
      const [first, second, third = 0] = tools.map((tool) => this.#words.number(tool));
      this.#statements.addSequence.run(session, first!, second!, third, count);
    }
  }

  #writeWorkflows(session: number, workflows: ReturnType<WorkflowWatch["found"]>): void {
    this.#statements.clearWorkflows.run(session);
    for (const [number, counts] of workflows) {
      const row = WORKFLOW_COUNTS.map((name) => counts[name]);
      this.#statements.addWorkflow.run(session, number, ...row);
    }
  }
}

function prepare(db: Database) {
  const columns = USAGE_COLUMNS.join(", "), places = USAGE_COLUMNS.map(() => "?").join(", ");
  return {
    stored: prepareArrays(
      db,
      `select tier, bucket, ${columns} from usage_sums where session = ?`,
    ),
    put: db.prepare(
      `insert or replace into usage_sums (tier, bucket, session, ${columns})
       values (?, ?, ?, ${places})`,
    ),
    remove: db.prepare("delete from usage_sums where tier = ? and bucket = ? and session = ?"),
    expire: db.prepare("delete from usage_sums where tier = ? and bucket < ?"),
    putSession: db.prepare(
      `insert or replace into session_usage (session, ${SESSION_USAGE.join(", ")})
       values (?, ${SESSION_USAGE.map(() => "?").join(", ")})`,
    ),
    removeSession: db.prepare("delete from session_usage where session = ?"),
    clearSequences: db.prepare("delete from tool_sequences where session = ?"),
    addSequence: db.prepare(
      `insert into tool_sequences (session, first, second, third, count)
       values (?, ?, ?, ?, ?)`,
    ),
    clearWorkflows: db.prepare("delete from workflows where session = ?"),
    addWorkflow: db.prepare(
      `insert into workflows (session, workflow, ${WORKFLOW_COUNTS.join(", ")})
       values (?, ?, ${WORKFLOW_COUNTS.map(() => "?").join(", ")})`,
    ),
  };
}
