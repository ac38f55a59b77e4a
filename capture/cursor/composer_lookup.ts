/**
 * Finds the composer around another row, and whose session it belongs to.
 *
 * @module
 */

import { type Json, objectOf, objectsOf, textOf } from "../json_access.ts";
import { type Composer, ownTime, readComposer } from "./composer.ts";
import { parseJson } from "./parse_json.ts";
import type { RowContext, StateRow } from "./state_rows.ts";

/** The session of a composer: its own, or that of the one that it works for. */
export interface Place {
  readonly session: string;
  /** The composer of a sub-agent. */
  readonly agent: string | undefined;
}

/** What another row may ask of a bubble. */
export interface BubbleSummary {
  /** The model that it names: a person's message, the one that is asked. */
  readonly model: string | undefined;
  /** The id of the call that it is, if it is one. */
  readonly call: string | undefined;
  /** The time that it tells itself, in milliseconds. */
  readonly at: number | undefined;
}

/** A call of a tool may have a composer of its own, under the id of the call. */
const CALL_SHAPE = /^(task|tool|call)[-_]|\n/;
const ANCESTORS_MAX = 8;
const PARSED_MAX = 32;

interface Parsed {
  readonly text: string;
  readonly value: unknown;
}

/** What was parsed for a context: many rows ask for the same one. */
const parsed = new WeakMap<RowContext, Map<string, Parsed>>();

/** The composer with this id, of its own row or else of the lists. */
export function findComposer(context: RowContext, id: string): Composer | undefined {
  return readOnce(
    context,
    "cursorDiskKV",
    `composerData:${id}`,
    (text) => readComposer(parseJson(text), id),
  ) ?? findHead(context, id);
}

/** Where the messages of a composer are counted; undefined for what is no conversation. */
export function placeOf(context: RowContext, id: string, known?: Composer): Place | undefined {
  let root = id;
  for (let step = 0; step < ANCESTORS_MAX; step++) {
    const composer = step === 0 && known ? known : findComposer(context, root);
    const parent = composer?.parent ?? findHead(context, root)?.parent;
    if (parent === undefined || parent === root) break;
    root = parent;
  }
  if (CALL_SHAPE.test(root)) return undefined;
  return { session: root, agent: root === id ? undefined : id };
}

/** What is asked of a bubble, if it is there. */
export function findBubble(
  context: RowContext,
  composerId: string,
  bubbleId: string,
): BubbleSummary | undefined {
  return readOnce(context, "cursorDiskKV", `bubbleId:${composerId}:${bubbleId}`, (text) => {
    const json = parseJson(text);
    const call = objectOf(json.toolFormerData);
    return {
      model: textOf(objectOf(json.modelInfo).modelName),
      call: textOf(call.name) === undefined ? undefined : callId(call, bubbleId),
      at: ownTime(json),
    };
  });
}

/** The id by which a call is known everywhere. */
export function callId(call: Json, bubbleId: string): string {
  return textOf(call.toolCallId) ?? bubbleId;
}

/** Reads a row once, as long as it says the same. */
function readOnce<T>(
  context: RowContext,
  table: StateRow["table"],
  key: string,
  read: (text: string) => T,
): T | undefined {
  const text = context.row(table, key);
  if (text === undefined) return undefined;
  const known = parsed.get(context) ?? new Map<string, Parsed>();
  parsed.set(context, known);
  const name = `${table} ${key}`;
  const before = known.get(name);
  if (before?.text === text) return before.value as T;
  const value = read(text);
  known.delete(name);
  known.set(name, { text, value });
  if (known.size > PARSED_MAX) known.delete(known.keys().next().value!);
  return value;
}

function findHead(context: RowContext, id: string): Composer | undefined {
  const own = readOnce(
    context,
    "composerHeaders",
    id,
    (text) => readComposer(parseJson(text), id),
  );
  return own ?? headsOf(context, "composer.composerHeaders")?.get(id) ??
    headsOf(context, "composer.composerData")?.get(id);
}

/** The composers of a list, by their ids. */
export function headsOf(
  context: RowContext,
  key: string,
): ReadonlyMap<string, Composer> | undefined {
  return readOnce(context, "ItemTable", key, (text) =>
    new Map(
      objectsOf(objectOf(parseJson(text)).allComposers).flatMap((json) => {
        const composer = readComposer(json);
        return composer ? [[composer.id, composer] as const] : [];
      }),
    ));
}
