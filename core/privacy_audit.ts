/**
 * Proof that nothing private is stored: every value is held to why its column is safe, and every
 * byte is looked at for what looks private and for what a person wrote.
 *
 * @module
 */

import { type AuditedColumn, type AuditFinding, Findings } from "./audit/audit.ts";
import { ByteAudit } from "./audit/byte_audit.ts";
import { auditBlocks, auditColumns, auditEvents, schemaTexts } from "./audit/database_audit.ts";
import { PieceSearch, samplePieces } from "./audit/piece_search.ts";
import type { PrivateKind } from "./audit/private_patterns.ts";
import { isSafeJson, isSafeWord } from "./audit/stored_columns.ts";
import type { Database } from "./database.ts";
import { ANONYMOUS_PROJECTS } from "./exported.ts";

export type { AuditedColumn, AuditFinding };

/** Bytes that are to be looked at. */
export interface Bytes {
  /** What they are called: no path of the machine. */
  readonly place: string;
  readonly bytes: Uint8Array;
  /** Whether sentences of the program's own may stand there, as in a log. */
  readonly hasSentences?: boolean;
  /** So many of them were the last ones of those before. */
  readonly known?: number;
}

const SHAPES: readonly PrivateKind[] = ["path", "e_mail", "secret"];

/** Collects what must not be there. First it is told what to look for. */
export class PrivacyAudit {
  readonly #findings = new Findings();
  readonly #pieces = new PieceSearch();
  readonly #bytes: ByteAudit;
  #own: readonly string[] = [ANONYMOUS_PROJECTS];

  /** @param texts what somebody wants to know absent */
  constructor(texts: readonly string[]) {
    this.#bytes = new ByteAudit({ pieces: this.#pieces, texts }, this.#findings);
  }

  /** How many pieces of somebody's own words are looked for. */
  get pieces(): number {
    return this.#pieces.size;
  }

  /** What was found. */
  get findings(): readonly AuditFinding[] {
    return this.#findings.all;
  }

  /** Adds pieces of what stands in a file that holds content, at most `max`. */
  addOwnWords(bytes: Uint8Array, max: number): void {
    for (const piece of samplePieces(bytes, max)) this.#pieces.add(piece);
  }

  /** What the program itself wrote into a database may stand in its file. */
  allowSchema(db: Database): void {
    this.#own = [ANONYMOUS_PROJECTS, ...schemaTexts(db)];
    // Whoever works on this program has its tables in their transcripts.
    for (const text of this.#own) this.#pieces.exclude(new TextEncoder().encode(text));
  }

  /** Looks at every value of every table. @returns all columns */
  lookAtColumns(db: Database): AuditedColumn[] {
    return auditColumns(db, this.#findings);
  }

  /** Looks into every compressed block. @returns how many events and bytes they hold */
  lookAtBlocks(place: string, db: Database): { events: number; bytes: number } {
    return auditBlocks(place, db, this.#bytes, this.#findings);
  }

  /** Looks at the JSON of events that are in no block. @returns how many there were */
  lookAtEvents(place: string, texts: Iterable<string>): { events: number; bytes: number } {
    return auditEvents(place, texts, this.#bytes, this.#findings);
  }

  /** Looks at bytes. */
  lookAt({ place, bytes, hasSentences = false, known = 0 }: Bytes): void {
    const kinds = hasSentences ? SHAPES : [...SHAPES, "free_text"] as const;
    this.#bytes.look(place, bytes, kinds, this.#own, known);
  }

  /** Looks at a value that is to be numbers, safe words with spaces between, or JSON of both. */
  lookAtValue(place: string, value: string): void {
    this.lookAt({ place, bytes: new TextEncoder().encode(value) });
    const isSafe = value.split(" ").every(isSafeWord) || isSafeJson(value);
    if (!isSafe) this.#findings.add(place, "unsafe_value");
  }
}
