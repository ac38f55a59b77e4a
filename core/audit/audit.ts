/**
 * The audit's findings and what it looked at.
 *
 * @module
 */

import type { PrivateKind } from "./private_patterns.ts";

/** Something that must not be there. Nothing of what it says is repeated. */
export interface AuditFinding {
  /** A file below the data folder, a column, a key of Redis: no path of the machine. */
  readonly place: string;
  /** What it looks like; `own_words` stands in an assistant's files, too. */
  readonly kind: PrivateKind | "own_words" | "looked_for" | "unsafe_value" | "unknown_column";
  readonly count: number;
}

/** A stored column. */
export interface AuditedColumn {
  readonly table: string;
  readonly column: string;
  /** Null where there is no value, or none that may be shown. */
  readonly example: string | null;
  /** Why it is safe; null where nobody said. */
  readonly why: string | null;
}

/** Counts findings alike as one. */
export class Findings {
  readonly #counts = new Map<string, AuditFinding>();

  add(place: string, kind: AuditFinding["kind"], count = 1): void {
    if (count === 0) return;
    const name = `${kind} ${place}`;
    const before = this.#counts.get(name)?.count ?? 0;
    this.#counts.set(name, { place, kind, count: before + count });
  }

  get all(): AuditFinding[] {
    return [...this.#counts.values()];
  }
}
