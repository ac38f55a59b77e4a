/**
 * What advice rests on, kept in memory until the database changes: sessions as vectors, and what
 * edits teach.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { keepOfSessions } from "../kept_sessions.ts";
import {
  countNeeds,
  type PredictionNeeds,
  type Predictor,
  trainPredictor,
} from "../prediction/predictor.ts";
import { readLatestSums } from "../prediction/session_edits.ts";
import type { PredictionTarget } from "../prediction_features.ts";
import { comparable, type Scales, scalesOf } from "../similar/likeness.ts";
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

/** To read all sessions takes seconds where there are many, and most never change again. */
const readCompared = keepOfSessions((db, sessions) =>
  readSessionVectors(db, sessions).map(([number, session]) =>
    [number, { session, comparable: comparable(session) }] as const
  )
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
      const all = [...readCompared(this.db).values()].sort(byEnd);
      this.#sessions = { all, scales: scalesOf(all.map(({ comparable }) => comparable)) };
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

/** The latest first. */
function byEnd({ session: a }: ComparedSession, { session: b }: ComparedSession): number {
  return (b.endedAt ?? -Infinity) - (a.endedAt ?? -Infinity) ||
    (a.sessionId < b.sessionId ? -1 : 1);
}
