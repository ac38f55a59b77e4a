/**
 * Compares a line with what is known of the format, and counts what is new by its name.
 *
 * @module
 */

import { literal, OTHER, safeField, safeKind, type SafeText } from "../../core/privacy.ts";
import type { DriftCounts } from "../drift_counts.ts";
import type { Json } from "../json_access.ts";
import {
  ATTACHMENT_TYPES,
  BLOCK_TYPES,
  LINE_FIELDS,
  PROGRESS_TYPES,
  SYSTEM_SUBTYPES,
} from "./known_format.ts";

/** Counts what is not known of a line; `message` is the object in it, if there is one. */
export function noteDrift(line: Json, message: Json, drift: DriftCounts): void {
  const type = line.type ?? ("usage" in message ? "assistant" : undefined);
  if (!LINE_FIELDS.has(type)) return drift.add(literal("line_type"), nameOf(type));
  const known = LINE_FIELDS.get(type);
  if (known) {
    for (const field in line) {
      if (known.has(field)) continue;
      drift.add(`field.${type}` as SafeText, safeField(field));
    }
  }
  if (Array.isArray(message.content)) {
    for (const block of message.content) noteKind("block_type", BLOCK_TYPES, block, drift);
  }
  if (type === "system" && !SYSTEM_SUBTYPES.has(line.subtype as string)) {
    drift.add(literal("system_subtype"), nameOf(line.subtype));
  } else if (type === "attachment") {
    noteKind("attachment_type", ATTACHMENT_TYPES, line.attachment, drift);
  } else if (type === "progress") noteKind("progress_type", PROGRESS_TYPES, line.data, drift);
}

function noteKind(
  kind: string,
  known: ReadonlySet<string>,
  value: unknown,
  drift: DriftCounts,
): void {
  const type = (value as Json | null | undefined)?.type;
  if (!known.has(type as string)) drift.add(literal(kind), nameOf(type));
}

function nameOf(kind: unknown): SafeText {
  if (kind === undefined) return literal("none");
  return typeof kind === "string" ? safeKind(kind) : OTHER;
}
