/**
 * What digests tell by model, by tool and by kind of input, and how one is split by those.
 *
 * @module
 */

import { type Database, prepareArrays } from "../database.ts";
import { CALL_COUNTS, SHARE_COUNTS } from "../fates.ts";
import { INPUT_KINDS } from "../input_kinds.ts";
import { type InputName, MODEL_COUNTS, TOOL_COUNTS, VERDICTS } from "../session_counts.ts";
import {
  addCounts,
  addMember,
  binsOf,
  type Digest,
  emptyDigest,
  listsOf as listsIn,
  type MemberCounts,
  type SessionLists,
} from "./digest.ts";
import type { Digests } from "./digest_rows.ts";
import type { Shares } from "./outcome_cost.ts";
import { type Counts, countsOf, inputCounts } from "./sums.ts";

/** Of what a kind of calls is, as numbers of words; 0 for none. */
export interface CallKind {
  readonly tool: number;
  readonly model: number;
  readonly mode: number;
  readonly extension: number;
}

/** Kinds by their number. */
export type CallKinds = ReadonlyMap<number, CallKind>;

/** By what a digest can be split. */
export type MemberGroup = keyof CallKind;

type ToolCounts = Counts<typeof TOOL_COUNTS[number]>;
type ModelCounts = Counts<typeof MODEL_COUNTS[number]>;
type Words = ReadonlyMap<number, string>;

const SEARCHES = CALL_COUNTS.indexOf("web_searches");
const CALLED = [
  CALL_COUNTS.indexOf("uses"),
  ...VERDICTS.map((verdict) => CALL_COUNTS.indexOf(`edits_${verdict}`)),
];

/** All kinds of calls. */
export function readKinds(db: Database): CallKinds {
  const rows = prepareArrays(db, "select id, tool, model, mode, extension from call_kinds")
    .all() as unknown as [number, number, number, number, number][];
  return new Map(
    rows.map(([id, tool, model, mode, extension]) => [id, { tool, model, mode, extension }]),
  );
}

/** The number of a model's name; -1 where nothing has it. */
export function modelNumber(name: string, words: Words): number {
  return words.entries().find(([, text]) => text === name)?.[0] ?? -1;
}

/** Counts by model, in the order of their names. */
export function modelsOf(models: MemberCounts, words: Words): Map<string, ModelCounts> {
  return byName(
    [...models].map(([model, counts]) => [
      words.get(model) ?? "other",
      countsOf(MODEL_COUNTS, counts, 0),
    ]),
  );
}

/** Counts by tool, or by extension, of calls that stand there and not with a share alone. */
export function toolsOf(
  calls: MemberCounts,
  kinds: CallKinds,
  words: Words,
  by: "tool" | "extension" = "tool",
): Map<string, ToolCounts> {
  const tools: MemberCounts = new Map();
  for (const [kind, counts] of calls) {
    const member = kinds.get(kind)?.[by] ?? 0;
    if (member !== 0 && isCalled(counts)) {
      addMember(tools, member, counts.slice(0, TOOL_COUNTS.length));
    }
  }
  return byName(
    [...tools].map(([tool, counts]) => [
      words.get(tool) ?? "other",
      countsOf(TOOL_COUNTS, counts, 0),
    ]),
  );
}

/** What the cost went to; `ofCalls` leaves out what no call was made for. */
export function sharesOf(calls: MemberCounts, kinds: CallKinds, ofCalls = false): Shares {
  const sum = SHARE_COUNTS.map(() => 0);
  for (const [kind, counts] of calls) {
    if (ofCalls && kinds.get(kind)?.tool === 0) continue;
    addCounts(sum, counts.slice(TOOL_COUNTS.length));
  }
  return countsOf(SHARE_COUNTS, sum, 0);
}

/** Searches of the web that ran beside responses, by the model of those. */
export function searchesOf(calls: MemberCounts, kinds: CallKinds, words: Words) {
  return searchesByModel(
    [...calls].map(([kind, counts]) => [kinds.get(kind)?.model ?? 0, counts[SEARCHES]!]),
    words,
  );
}

/** The same from pairs of a model and searches; calls that name no response are of none. */
export function searchesByModel(
  pairs: readonly (readonly [model: number, searches: number])[],
  words: Words,
): Map<string, number> {
  const models = new Map<string, number>();
  for (const [model, searches] of pairs) {
    if (model === 0 || searches === 0) continue;
    const name = words.get(model) ?? "other";
    models.set(name, searches + (models.get(name) ?? 0));
  }
  return models;
}

/** Inputs by the name they are reported under. */
export function inputsOf(inputs: MemberCounts): Counts<InputName> {
  return inputCounts([...inputs].map(([kind, [count = 0]]) => [kind, count]));
}

/** Only what is of one model. */
export function ofModel(digest: Digest, model: number, kinds: CallKinds): Digest {
  const { calls, sessions, ...rest } = ofCalls(digest, kinds, (kind) => kind.model === model);
  const models = <T>(of: ReadonlyMap<number, T>) =>
    new Map([...of].filter(([member]) => member === model));
  return {
    ...rest,
    models: models(digest.models),
    calls,
    sessions: { ...sessions, models: models(digest.sessions.models) },
  };
}

/** Only calls of the kinds that are meant. */
export function ofCalls(
  digest: Digest,
  kinds: CallKinds,
  isMeant: (kind: CallKind) => boolean,
): Digest {
  const calls = <T>(of: ReadonlyMap<number, T>) =>
    new Map([...of].filter(([number]) => {
      const kind = kinds.get(number);
      return kind !== undefined && isMeant(kind);
    }));
  const nothing = emptyDigest();
  return {
    ...nothing,
    calls: calls(digest.calls),
    sessions: { ...nothing.sessions, calls: calls(digest.sessions.calls) },
  };
}

/** A digest by what its calls are of; `model` has responses, too. */
export function splitDigest(
  digest: Digest,
  kinds: CallKinds,
  by: MemberGroup,
  name: (member: number) => string,
): Digests {
  const digests: Digests = new Map();
  const of = (member: number) => digests.getOrInsertComputed(name(member), emptyDigest);
  const memberOf = (kind: number) => {
    const known = kinds.get(kind);
    // What no call was made for has a model alone.
    if (!known || by !== "model" && known[by === "mode" ? "tool" : by] === 0) return undefined;
    return known[by];
  };
  for (const [kind, counts] of digest.calls) {
    const member = memberOf(kind);
    if (member !== undefined) addMember(of(member).calls, kind, counts);
  }
  for (const [kind, lists] of digest.sessions.calls) {
    const member = memberOf(kind);
    if (member !== undefined) listsIn(of(member).sessions.calls, kind).push(...lists);
  }
  if (by === "model") {
    for (const [model, counts] of digest.models) addMember(of(model).models, model, counts);
    for (const [model, lists] of digest.sessions.models) {
      listsIn(of(model).sessions.models, model).push(...lists);
    }
  }
  if (by === "tool") {
    for (const [tool, lists] of digest.tools) {
      // What is timed was called.
      const own = digests.get(name(tool));
      if (own) binsOf(own.tools, tool).push(...lists);
    }
  }
  return digests;
}

/** Whether anything is in a group but shares of what stands elsewhere. */
export function isGroup(
  digest: Digest,
  kinds: CallKinds,
  knowsInputs: boolean,
  hasTimes: boolean,
): boolean {
  const { models, calls, inputs, isTimed } = digest;
  return models.size > 0 || hasTimes && isTimed ||
    knowsInputs && INPUT_KINDS.some((kind) => inputs.has(kind)) ||
    calls.entries().some(([kind, counts]) => kinds.get(kind)?.tool !== 0 && isCalled(counts));
}

/** Whether all names are known that stand in a digest. */
export function isNamed({ models, calls }: Digest, kinds: CallKinds, words: Words): boolean {
  const isWord = (word: number) => word === 0 || words.has(word);
  return models.keys().every(isWord) && calls.keys().every((number) => {
    const kind = kinds.get(number);
    return kind !== undefined && isWord(kind.tool) && isWord(kind.extension);
  });
}

/** In which sessions something of a group is. */
export function listsOf(digest: Digest, knowsInputs: boolean): SessionLists {
  const { calls, models, inputs } = digest.sessions;
  return [...calls.values(), ...models.values(), ...(knowsInputs ? [inputs] : [])].flat();
}

/** Counts how many numbers stand in lists, each once; for many groups one after the other. */
export function sessionCounter(): (lists: SessionLists) => number {
  let seenIn = new Uint32Array(1024), group = 0;
  return (lists) => {
    group++;
    let count = 0;
    for (const list of lists) {
      for (const session of list) {
        if (session >= seenIn.length) {
          const longer = new Uint32Array(2 * session);
          longer.set(seenIn);
          seenIn = longer;
        }
        if (seenIn[session] === group) continue;
        seenIn[session] = group;
        count++;
      }
    }
    return count;
  };
}

/** Whether counts of a kind of call are of calls that stand there, and not of a share alone. */
export function isCalled(counts: readonly number[]): boolean {
  return CALLED.reduce((sum, place) => sum + counts[place]!, 0) !== 0;
}

/** In the order of names: that of the database is the order in which words came. */
function byName<T>(rows: readonly (readonly [string, T])[]): Map<string, T> {
  return new Map(rows.toSorted(([a], [b]) => a < b ? -1 : 1));
}
