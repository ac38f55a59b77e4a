/**
 * What reports can be narrowed down to: the platforms, projects and models that were seen.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { among, foldOfSessions, ofSessions } from "../kept_sessions.ts";
import { readWords } from "../words.ts";
import { readKinds } from "./digest_parts.ts";
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
  const platforms = new Set(readSessionHeads(db).map(({ platform }) => platform));
  return {
    platforms: textsOf(db, platforms).sort(),
    projects: seenProjects(db).slice(0, PROJECTS_MAX),
    models: seenModels(db),
  };
}

/** Hashes of all projects, those of which something happened last come first. */
export function seenProjects(db: Database): string[] {
  const projects = new Map<number, number>();
  // The latest first.
  for (const { project, endedAt } of readSessionHeads(db)) {
    if (project !== null && !projects.has(project)) projects.set(project, endedAt ?? -Infinity);
  }
  const ends = [...projects.values()];
  return textsOf(db, projects.keys()).map((project, i) => ({ project, at: ends[i]! }))
    .sort((a, b) => b.at - a.at || (a.project < b.project ? -1 : 1))
    .map(({ project }) => project);
}

/** All models, in the order of their names. */
export function seenModels(db: Database): string[] {
  return textsOf(db, usedModels(db).keys()).sort();
}

/** All tools that were called, likewise. */
export function seenTools(db: Database): string[] {
  return membersOf(db, "tool_sums");
}

/** The kinds of all files that were worked on, likewise. */
export function seenExtensions(db: Database): string[] {
  return membersOf(db, "extension_sums");
}

/** All permission modes in which tools were called, likewise. */
export function seenModes(db: Database): string[] {
  const modes = new Set(readKinds(db).values().map(({ mode }) => mode));
  // Of no mode are calls whose client names none.
  modes.delete(0);
  return textsOf(db, modes).sort();
}

function membersOf(db: Database, sums: "tool_sums" | "extension_sums"): string[] {
  const rows = prepareArrays(
    db,
    `select distinct member from ${sums} where tier = 0 and bucket = 0`,
  ).all() as unknown as [number][];
  return textsOf(db, rows.map(([member]) => member)).sort();
}

function textsOf(db: Database, numbers: Iterable<number>): string[] {
  const words = readWords(db);
  return [...numbers].map((number) => words.get(number) ?? "other");
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
