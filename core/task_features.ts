/**
 * What may be told of a task: words of closed lists alone.
 *
 * @module
 */

import type { ToolClass } from "./tool_classes.ts";

/** Forms of commands that a task may name. */
export const TASK_COMMANDS = ["test", "lint", "build", "package", "git"] as const;

/** One of {@linkcode TASK_COMMANDS}. */
export type TaskCommand = typeof TASK_COMMANDS[number];

/** How large a task seems. */
export const TASK_SIZES = ["small", "large"] as const;

/** One of {@linkcode TASK_SIZES}. */
export type TaskSize = typeof TASK_SIZES[number];

/** What a task tells. */
export interface TaskFeatures {
  readonly tools: readonly ToolClass[];
  /** Of the list of known ones. */
  readonly extensions: readonly string[];
  readonly commands: readonly TaskCommand[];
  /** Null where nothing tells. */
  readonly size: TaskSize | null;
}
