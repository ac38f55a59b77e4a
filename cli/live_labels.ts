/**
 * Names of projects and tools for a live screen: they are looked for when there is one that has
 * none yet, as a project that has just begun.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { labelsApart } from "../core/reports/project_names.ts";
import { isHashed } from "./hashed_tools.ts";
import type { LiveView } from "./live_lines.ts";

/** Names by their hash, as far as this machine has those that are wanted. */
export type FindLabels = (hashes: ReadonlySet<string>) => ReadonlyMap<string, string>;

/** Looking takes no more than a fiftieth of the time. */
const REST_SHARE = 49;
const REST_MIN_MS = 2000;
/** What was looked for in vain is looked for again after so long. */
const AGAIN_AFTER_MS = 60_000;

/** Keeps them. */
export class LiveLabels {
  readonly #find: FindLabels;
  readonly #clock: Clock;
  readonly #labels = new Map<string, string>();
  readonly #vain = new Set<string>();
  #lookedAt = -Infinity;
  #restMs = 0;

  constructor(find: FindLabels, clock: Clock) {
    this.#find = find;
    this.#clock = clock;
  }

  /** Those of what is shown; where several projects have one name, it tells them apart. */
  read(view: LiveView): ReadonlyMap<string, string> {
    const wanted = hashesOf(view);
    this.#look(wanted);
    const labels = [...wanted].flatMap((hash): [string, string][] => {
      const label = this.#labels.get(hash);
      return label === undefined ? [] : [[hash, label]];
    });
    return labelsApart(new Map(labels));
  }

  #look(wanted: ReadonlySet<string>): void {
    const startedAt = this.#clock.now();
    const unknown = [...wanted].filter((hash) => !this.#labels.has(hash));
    const isNew = unknown.some((hash) => !this.#vain.has(hash));
    const restMs = isNew ? this.#restMs : Math.max(this.#restMs, AGAIN_AFTER_MS);
    if (unknown.length === 0 || startedAt - this.#lookedAt < restMs) return;
    for (const [hash, label] of this.#find(wanted)) this.#labels.set(hash, label);
    for (const hash of unknown) this.#vain.add(hash);
    this.#lookedAt = startedAt;
    this.#restMs = Math.max(REST_MIN_MS, REST_SHARE * (this.#clock.now() - startedAt));
  }
}

/** Of projects and tools, of which some are known by their names. */
function hashesOf({ picture, period, running }: LiveView): ReadonlySet<string> {
  const { sessions, decisions } = running ?? { sessions: [], decisions: [] };
  const { tools = [], projects = [] } = picture.periods[period]?.rankings ?? {};
  return new Set([
    ...[...sessions, ...decisions].flatMap(({ tool }) => tool ?? []).filter(isHashed),
    ...tools.map(([tool]) => tool).filter(isHashed),
    ...sessions.flatMap(({ project_id }) => project_id ?? []),
    ...projects.map(([hash]) => hash),
  ]);
}
