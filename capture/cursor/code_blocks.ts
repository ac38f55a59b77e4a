/**
 * What a person did with proposed changes: blocks of code that were accepted or rejected, and the
 * pieces of a difference that were.
 *
 * @module
 */

import type { EventRecord, TelemetryEvent } from "../../core/event.ts";
import { literal, type SafeText } from "../../core/privacy.ts";
import { countOf, type Json, objectOf, objectsOf, textOf } from "../json_access.ts";
import type { Composer } from "./composer.ts";
import { findBubble, findComposer } from "./composer_lookup.ts";
import { fileFacts } from "./file_path.ts";
import { composerEvents, type SessionEvents } from "./session_events.ts";
import type { RowContext } from "./state_rows.ts";

/** The name under which a block is shown that no tool made. */
const CODE_BLOCK = literal("code_block");
const VERDICTS: ReadonlySet<unknown> = new Set(["accepted", "rejected"]);

/**
 * The verdicts in `codeBlockData` of a composer. A block of a tool's call is that call; any other
 * is a proposal of its own, as before Cursor had tools. Of an outdated, cancelled or merely
 * completed block nobody said anything.
 */
export function codeBlockEvents(
  json: Json,
  composer: Composer,
  events: SessionEvents,
  context: RowContext,
): TelemetryEvent[] {
  const files = Object.entries(objectOf(json.codeBlockData));
  const at = composer.stateAt ?? composer.createdAt;
  if (at === undefined) return [];
  return files.flatMap(([uri, blocks]) =>
    blocksOf(blocks).map(([place, block]) => {
      const call = callOf(block, composer.id, context);
      if (call !== undefined) return verdict(call, block, events, at);
      const id = context.privacy.hash(JSON.stringify([composer.id, uri, place]), 32);
      return proposal(id, { uri, block, at: composer.createdAt ?? at }, events, context);
    }).filter((event) => event !== undefined)
  );
}

/** The events of a row `codeBlockPartialInlineDiffFates:<composer>:<difference>`. */
export function fatesRow(
  composerId: string,
  diffId: string,
  json: Json,
  context: RowContext,
): TelemetryEvent[] {
  const composer = findComposer(context, composerId);
  const events = composerEvents(context, composerId, composer);
  const at = composer?.stateAt ?? composer?.createdAt;
  if (!events || at === undefined) return [];
  const hunks = objectsOf(json.fates).filter(({ fate }) => VERDICTS.has(fate));
  if (hunks.length === 0) return [];
  const sum = (fate: string, of: (hunk: Json) => number) =>
    hunks.filter((hunk) => hunk.fate === fate).reduce((all, hunk) => all + of(hunk), 0);
  const lines = (name: string) => (hunk: Json) =>
    Array.isArray(hunk[name]) ? hunk[name].length : 0;
  const payload: EventRecord = {
    review_id: context.privacy.id(diffId),
    hunks_accepted: sum("accepted", () => 1),
    hunks_rejected: sum("rejected", () => 1),
    accepted_lines_added: sum("accepted", lines("addedLines")),
    accepted_lines_removed: sum("accepted", lines("removedLines")),
    rejected_lines_added: sum("rejected", lines("addedLines")),
    rejected_lines_removed: sum("rejected", lines("removedLines")),
  };
  return [events.make({
    id: ["fates", diffId, payload],
    type: "hunks_reviewed",
    at,
    payload,
    undated: true,
  })];
}

/** Blocks of a file: a list, or objects by version. */
function blocksOf(blocks: unknown): [string | number, Json][] {
  if (Array.isArray(blocks)) return objectsOf(blocks).map((block, i) => [i, block]);
  return Object.entries(objectOf(blocks)).map(([name, block]) => [name, objectOf(block)]);
}

/** The call that made a block; undefined where it was none. */
function callOf(block: Json, composerId: string, context: RowContext): SafeText | undefined {
  const bubbleId = textOf(block.bubbleId);
  if (bubbleId === undefined) return undefined;
  const id = findBubble(context, composerId, bubbleId)?.call;
  return id === undefined ? undefined : context.privacy.id(id);
}

function verdict(
  call: SafeText,
  { status }: Json,
  events: SessionEvents,
  at: number,
): TelemetryEvent | undefined {
  if (!VERDICTS.has(status)) return undefined;
  return events.make({
    id: ["verdict", call, status],
    type: "tool_note",
    at,
    payload: { tool_use_id: call, reviewed: literal(status as string) },
    undated: true,
  });
}

function proposal(
  id: SafeText,
  { uri, block, at }: { readonly uri: string; readonly block: Json; readonly at: number },
  events: SessionEvents,
  { privacy }: RowContext,
): TelemetryEvent | undefined {
  const { status, isNoOp, version } = block;
  if (isNoOp === true || typeof status !== "string") return undefined;
  const isJudged = VERDICTS.has(status);
  return events.make({
    id: ["proposal", id, isJudged ? status : ""],
    type: "edit_proposal",
    at: at + countOf(version),
    payload: {
      proposal_id: id,
      tool: CODE_BLOCK,
      tool_kind: literal("edit"),
      ...fileFacts(uri, privacy),
      ...(isJudged ? { reviewed: literal(status) } : {}),
    },
    undated: true,
  });
}
