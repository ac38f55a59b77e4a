/**
 * What advice rests on, kept in memory until the database changes: sessions as vectors, and what
 * edits teach.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { foldOfSessions, inOrder } from "../kept_sessions.ts";
import {
  countNeeds,
  type PredictionNeeds,
  type Predictor,
  trainPredictor,
} from "../prediction/predictor.ts";
import { readLatestSums } from "../prediction/session_edits.ts";
import type { PredictionTarget } from "../prediction_features.ts";
import { comparable, type Scales, scalesOf, sortedLogs } from "../similar/likeness.ts";
import type { ComparedSession } from "../similar/neighbours.ts";
import { readSessionVectors } from "../similar/session_vectors.ts";
import { readWords } from "../words.ts";

/** All sessions. */
export interface Sessions {
  /** The latest first. */
  readonly all: readonly ComparedSession[];
  readonly scales: Scales;
}

/** What is learnt of one target. */
export interface Learnt {
  readonly counts: PredictionNeeds;
  /** Undefined where there is too little to learn from. */
  readonly predictor: Predictor | undefined;
}

const ORDER = inOrder(byEnd), SIZE_ORDER = inOrder<number>((a, b) => a - b);

/** To read all sessions takes seconds where there are many, and most never change again. */
const readCompared = foldOfSessions(
  (db, sessions) =>
    readSessionVectors(db, sessions).map(([number, session]) =>
      [number, { session, comparable: comparable(session) }] as const
    ),
  {
    start(values) {
      const all = ORDER.start(values);
      return { all, logs: sortedLogs(all.map(({ comparable }) => comparable)) };
    },
    add({ all, logs }, value) {
      ORDER.add(all, value);
      eachLog(value, (log, i) => SIZE_ORDER.add(logs[i]!, log));
    },
    remove({ all, logs }, value) {
      ORDER.remove(all, value);
      eachLog(value, (log, i) => SIZE_ORDER.remove(logs[i]!, log));
    },
  },
);

/** Reads for a face; one of them serves as long as its connection. */
export class Advisor {
  readonly db: Database;
  #version: number | undefined;
  #words: ReadonlyMap<number, string> | undefined;
  #sessions: Sessions | undefined;
  readonly #learnt = new Map<PredictionTarget, Learnt>();
  /** Learning takes time, and what changes is seldom an edit. */
  readonly #predictors = new Map<PredictionTarget, Predictor>();

  constructor(db: Database) {
    this.db = db;
  }

  /** The words of the database. */
  words(): ReadonlyMap<number, string> {
    this.#forgetOld();
    return this.#words ??= readWords(this.db);
  }

  /** All sessions, to be compared. */
  sessions(): Sessions {
    this.#forgetOld();
    if (!this.#sessions) {
      const { all, logs } = readCompared(this.db);
      this.#sessions = { all: [...all], scales: scalesOf(logs) };
    }
    return this.#sessions;
  }

  /** What the latest edits teach. */
  learnt(target: PredictionTarget): Learnt {
    this.#forgetOld();
    const known = this.#learnt.get(target);
    if (known) return known;
    const sessions = readLatestSums(this.db, target);
    const predictor = trainPredictor(sessions, this.#predictors.get(target));
    if (predictor) this.#predictors.set(target, predictor);
    const learnt = { counts: countNeeds(sessions), predictor };
    this.#learnt.set(target, learnt);
    return learnt;
  }

  /** The number changes whenever another connection has written. */
  #forgetOld(): void {
    const [version] = prepareArrays(this.db, "pragma data_version").get() as unknown as [number];
    if (version === this.#version) return;
    this.#version = version;
    this.#words = this.#sessions = undefined;
    this.#learnt.clear();
  }
}

/** Of the sizes that are known. */
function eachLog({ comparable }: ComparedSession, tell: (log: number, size: number) => void) {
  comparable.logs.forEach((log, size) => Number.isNaN(log) || tell(log, size));
}

/** The latest first. */
function byEnd({ session: a }: ComparedSession, { session: b }: ComparedSession): number {
  return (b.endedAt ?? -Infinity) - (a.endedAt ?? -Infinity) ||
    (a.sessionId === b.sessionId ? a.number - b.number : a.sessionId < b.sessionId ? -1 : 1);
}
