/**
 * What the administrator of a machine lays down for an assistant, above its user's settings.
 *
 * @module
 */

/** A part of ours that a rule keeps from working, whatever the user's settings say. */
export interface ManagedRule {
  readonly part: "hooks" | "status_line" | "tools";
  /** The value that does. */
  readonly by: string;
  /** The file that it stands in. */
  readonly path: string;
}
