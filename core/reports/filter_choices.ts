/**
 * What reports can be narrowed down to: the platforms, projects and models that were seen.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, foldOfSessions, ofSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import { readSessionHeads } from "./session_heads.ts";

/** Each list in the order in which a person looks through it. */
export interface FilterChoices {
  readonly platforms: readonly string[];
  /** Hashes, those of which something happened last come first. */
  readonly projects: readonly string[];
  readonly models: readonly string[];
}

const PROJECTS_MAX = 100;

/** How many sessions used each model. */
const usedModels = foldOfSessions(readModels, {
  start: (sessions) => {
    const used = new Map<number, number>();
    for (const models of sessions) countModels(used, models, 1);
    return used;
  },
  add: (used, models) => countModels(used, models, 1),
  remove: (used, models) => countModels(used, models, -1),
});

/** Reads them. */
export function readFilterChoices(db: Database): FilterChoices {
  const words = readWords(db), platforms = new Set<number>();
  const projects = new Map<number, number>();
  // The latest first.
  for (const { platform, project, endedAt } of readSessionHeads(db)) {
    platforms.add(platform);
    if (project !== null && !projects.has(project)) projects.set(project, endedAt ?? -Infinity);
  }
  const textOf = (word: number) => words.get(word) ?? "other";
  return {
    platforms: [...platforms].map(textOf).sort(),
    projects: [...projects].map(([project, at]) => ({ project: textOf(project), at }))
      .sort((a, b) => b.at - a.at || (a.project < b.project ? -1 : 1))
      .slice(0, PROJECTS_MAX).map(({ project }) => project),
    models: [...usedModels(db).keys()].map(textOf).sort(),
  };
}

function countModels(used: Map<number, number>, models: readonly number[], by: 1 | -1): void {
  for (const model of models) {
    const count = (used.get(model) ?? 0) + by;
    if (count === 0) used.delete(model);
    else used.set(model, count);
  }
}

function readModels(db: Database, sessions?: readonly number[]): Map<number, number[]> {
  // One text of all takes less than half of the time that as many rows do.
  const [text] = prepareArrays(
    db,
    `select json_group_array(json_array(session, member)) from model_sums
     where tier = 0 and bucket = 0${ofSessions("session", sessions)}`,
  ).get(...among(sessions)) as unknown as [string];
  const models = new Map<number, number[]>();
  for (const [session, model] of JSON.parse(text) as [number, number][]) {
    models.getOrInsertComputed(session, () => []).push(model);
  }
  return models;
}
