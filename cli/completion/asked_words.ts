/**
 * Words for a shell to complete that only what is stored can tell: ids of sessions, names of
 * projects and the like, each with what it means.
 *
 * @module
 */

import type { Database } from "../../core/database.ts";
import { formatAgo } from "../../core/format.ts";
import { reportDeadLetters } from "../../core/reports/dead_letters_report.ts";
import { readFilterChoices } from "../../core/reports/filter_choices.ts";
import { projectNames } from "../../core/reports/project_names.ts";
import { reportInsights } from "../../core/reports/insights_report.ts";
import { latestSessions } from "../../core/reports/session_ids.ts";
import type { Asked, Candidate } from "./completion_table.ts";

/** More are no choice for anybody. */
const WORDS_MAX = 50;
const HASH_CHARACTERS = 8;
const WORD_FOR_LAST: Candidate = { word: "last", help: "the latest session" };

/** What the words are made of. */
export interface AskedFrom {
  readonly db: Database;
  /** Names of projects by their hash. */
  readonly labels: ReadonlyMap<string, string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The words that begin so; sessions and projects the latest first. */
export function askedWords(asked: Asked, beginning: string, from: AskedFrom): Candidate[] {
  return READERS[asked](from, beginning).filter(({ word }) => word.startsWith(beginning))
    .slice(0, WORDS_MAX);
}

const READERS: Readonly<Record<Asked, (from: AskedFrom, beginning: string) => Candidate[]>> = {
  sessions({ db, labels, now }, beginning) {
    const sessions = latestSessions(db, beginning, WORDS_MAX).map(({ id, project, endedAt }) => ({
      word: id,
      help: [
        ...project === null ? [] : [labels.get(project) ?? project.slice(0, HASH_CHARACTERS)],
        ...endedAt === null ? [] : [formatAgo(endedAt, now)],
      ].join(", "),
    }));
    return [WORD_FOR_LAST, ...sessions];
  },
  projects({ db, labels }) {
    const names = projectNames(readFilterChoices(db).projects, labels);
    return names.map((word) => ({ word, help: "" }));
  },
  models: ({ db }) => readFilterChoices(db).models.map((word) => ({ word, help: "" })),
  insights({ db, labels }) {
    const { insights } = reportInsights(db, { hidden: true, limit: 0, labels });
    return insights.map(({ id, title }) => ({ word: id, help: title }));
  },
  letters: ({ db }) =>
    reportDeadLetters(db, { limit: WORDS_MAX, offset: 0 }).letters
      .map(({ id, error }) => ({ word: `${id}`, help: error })),
};
