/**
 * How a call of a tool ended and who let it run, by what Cursor keeps of it.
 *
 * @module
 */

import type { EventRecord } from "../../core/event.ts";
import { literal } from "../../core/privacy.ts";
import type { Outcome } from "../../core/session_counts.ts";
import { type Json, objectOf, textOf } from "../json_access.ts";
import { errorClass } from "./error_class.ts";
import type { ToolKind } from "./tool_names.ts";

/** A call as it is kept: `toolFormerData`, and what is parsed of it. */
export interface KeptCall {
  readonly call: Json;
  readonly result: Json;
  readonly additional: Json;
  readonly kind: ToolKind;
}

/** Options of the question before a call; a person chose one of them. */
const REFUSED = /^(reject|deny|skip|cancel)/i;

/** The outcome; undefined for a call that has not ended. */
export function outcomeOf({ call, result, additional, kind }: KeptCall): Outcome | undefined {
  const status = textOf(call.status);
  const chosen = chosenOption(additional);
  const isRefused = call.userDecision === "rejected" || result.rejected === true ||
    chosen !== undefined && REFUSED.test(chosen);
  if (status === "cancelled") {
    if (isRefused) return "rejected";
    return textOf(additional.blockReason) && chosen === undefined
      ? "permission_denied"
      : "interrupted";
  }
  if (status !== "completed" && status !== "error") return undefined;
  if (isRefused) return "rejected";
  if (status === "error") return "failed";
  // The client calls a command completed that came to its end, however it ended.
  return kind === "shell" && exitCode(result) !== 0 ? "failed" : "ok";
}

/**
 * Who let a call run: a person, where one answered a question or what the client says of it; else
 * the mode, as Cursor asks nobody before it changes a file.
 */
export function deciderOf({ call, additional, kind }: KeptCall): EventRecord {
  const chosen = chosenOption(additional);
  if (chosen !== undefined && !REFUSED.test(chosen)) return { decided_by: literal("person") };
  if (call.userDecision === "accepted") return { reviewed: literal("accepted") };
  return kind === "edit" ? { decided_by: literal("policy") } : {};
}

/** The class of what went wrong. */
export function failureOf({ call, result }: KeptCall): EventRecord {
  const code = exitCode(result);
  if (call.status === "completed" && code !== 0) {
    return { error_class: literal(code === 124 ? "timeout" : "exit_code") };
  }
  const error = call.error ?? result.error;
  const text = typeof error === "string" ? error : JSON.stringify(error ?? "");
  return { error_class: errorClass(text) };
}

function chosenOption(additional: Json): string | undefined {
  return textOf(objectOf(additional.reviewData).selectedOption);
}

/** Of a command that came to no end of its own none is kept. */
function exitCode(result: Json): number {
  const code = result.exitCode ?? result.exitCodeV2;
  return typeof code === "number" ? code : 0;
}
