/**
 * The last hundred requests of a workspace. None names its composer, but those of a composer lie
 * between its beginning and its last prompt, which is dated as the request is: one that lies so in
 * exactly one composer of the workspace is a prompt of it. It is a loose one: it counts where no
 * message of that composer is told, as the bubbles tell every prompt that their composer has.
 * Which composer an older one belonged to, or one that fits several, is not known, so that it
 * counts for none: a bubble may tell it.
 *
 * A prompt for the code under the cursor is told here alone. `aiService.prompts` has neither times
 * nor ids: nothing can be made of it that would not be counted twice.
 *
 * @module
 */

import type { TelemetryEvent } from "../../core/event.ts";
import { parseValue } from "../../core/parse_value.ts";
import { literal, measureText } from "../../core/privacy.ts";
import { type Json, objectsOf, textOf } from "../json_access.ts";
import { type Composer, epochMs } from "./composer.ts";
import { headsOf } from "./composer_lookup.ts";
import { composerEvents, SessionEvents } from "./session_events.ts";
import type { RowContext } from "./state_rows.ts";

/** A composer and its request are dated a moment apart. */
const SLACK_MS = 1000;

/** The events of the list. */
export function generations(text: string, context: RowContext): TelemetryEvent[] {
  const composers = [...headsOf(context, "composer.composerData")?.values() ?? []];
  return objectsOf(parseValue(text)).flatMap((generation) => {
    const id = textOf(generation.generationUUID), at = epochMs(generation.unixMs);
    if (id === undefined || at === undefined) return [];
    if (generation.type === "cmdk") return inlinePrompt(id, at, context);
    if (generation.type !== "composer") return [];
    const fitting = composers.filter((composer) => contains(composer, at));
    return fitting.length === 1 ? loosePrompt(id, at, generation, fitting[0]!, context) : [];
  });
}

function contains({ createdAt, updatedAt }: Composer, at: number): boolean {
  return createdAt !== undefined && updatedAt !== undefined &&
    at >= createdAt - SLACK_MS && at <= updatedAt + SLACK_MS;
}

function loosePrompt(
  id: string,
  at: number,
  generation: Json,
  composer: Composer,
  context: RowContext,
): TelemetryEvent[] {
  const events = composerEvents(context, composer.id, composer);
  if (!events || events.isAgent) return [];
  return [events.make({
    id: ["generation", id],
    type: "user_prompt",
    at,
    payload: { ...measureText(textOf(generation.textDescription) ?? ""), loose: true },
  })];
}

/** It belongs to no conversation; those of one workspace are kept under one name. */
function inlinePrompt(id: string, at: number, { privacy, workspace }: RowContext) {
  const session = privacy.hash(`inline ${workspace?.hash ?? ""}`, 32);
  const events = new SessionEvents({ privacy, session, project: workspace?.hash });
  return [events.make({
    id: ["generation", id],
    type: "inline_prompt",
    at,
    payload: { kind: literal("cmdk") },
  })];
}
