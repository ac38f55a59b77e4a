/**
 * Looks at every value of the database, and into every compressed block of events.
 *
 * @module
 */

import { inflateSync } from "node:zlib";
import { type Database, prepareArrays } from "../database.ts";
import { decodeEvent, EventError } from "../event.ts";
import type { AuditedColumn, Findings } from "./audit.ts";
import type { ByteAudit } from "./byte_audit.ts";
import { columnRule } from "./stored_columns.ts";

const EXAMPLE_CHARACTERS = 60;

/** Holds every column to why it is safe. @returns all of them */
export function auditColumns(db: Database, findings: Findings): AuditedColumn[] {
  const rows = prepareArrays(
    db,
    `select t.name, c.name, c.type from sqlite_schema t join pragma_table_info(t.name) c
     where t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.cid`,
  ).all() as unknown as [table: string, column: string, type: string][];
  return rows.map(([table, column, type]) => {
    const rule = columnRule(table, column, type);
    const place = `${table}.${column}`;
    if (!rule) findings.add(place, "unknown_column");
    const isNumber = /^(integer|real)$/i.test(type);
    let example = isNumber || !rule ? firstValue(db, table, column) : undefined;
    if (!isNumber && rule) {
      for (const value of valuesOf(db, table, column)) {
        if (typeof value === "string" && !rule.isSafe(value)) {
          findings.add(place, "unsafe_value");
        } else example ??= value;
      }
    }
    const mayShow = isNumber || rule !== undefined;
    return { table, column, example: mayShow ? shown(example) : null, why: rule?.why ?? null };
  });
}

/** Looks into every block: each line must be an event, and nothing in it private. */
export function auditBlocks(
  place: string,
  db: Database,
  audit: ByteAudit,
  findings: Findings,
): { readonly events: number; readonly bytes: number } {
  let events = 0, bytes = 0;
  const bodies = prepareArrays(db, "select body from trace_blocks").iterate();
  for (const row of bodies as unknown as Iterable<[Uint8Array]>) {
    const raw = inflate(row[0]);
    if (!raw) {
      findings.add(place, "unsafe_value");
      continue;
    }
    audit.look(place, raw, ["path", "e_mail", "secret", "free_text"]);
    for (const line of new TextDecoder().decode(raw).split("\n")) {
      events++;
      if (!isEvent(line)) findings.add(place, "unsafe_value");
    }
    bytes += raw.length;
  }
  return { events, bytes };
}

/** The same for events that were taken out of their blocks. */
export function auditEvents(
  place: string,
  texts: Iterable<string>,
  audit: ByteAudit,
  findings: Findings,
): { readonly events: number; readonly bytes: number } {
  let events = 0, bytes = 0;
  for (const text of texts) {
    const raw = new TextEncoder().encode(text);
    audit.look(place, raw, ["path", "e_mail", "secret", "free_text"]);
    if (!isEvent(text)) findings.add(place, "unsafe_value");
    events++;
    bytes += raw.length;
  }
  return { events, bytes };
}

/** What the program itself wrote into the file: its tables, with the comments in them. */
export function schemaTexts(db: Database): string[] {
  const rows = prepareArrays(db, "select sql from sqlite_schema where sql is not null").all();
  return (rows as unknown as [string][]).map(([sql]) => sql);
}

function inflate(body: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(body);
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      return undefined;
    }
    throw error;
  }
}

function isEvent(line: string): boolean {
  try {
    decodeEvent(line);
    return true;
  } catch (error) {
    if (error instanceof EventError) return false;
    throw error;
  }
}

function firstValue(db: Database, table: string, column: string): unknown {
  const row = prepareArrays(
    db,
    `select "${column}" from "${table}" where "${column}" is not null limit 1`,
  ).get() as unknown as [unknown] | undefined;
  return row?.[0];
}

function valuesOf(db: Database, table: string, column: string): Iterable<unknown> {
  const rows = prepareArrays(
    db,
    `select "${column}" from "${table}" where "${column}" is not null`,
  ).iterate() as unknown as Iterable<[unknown]>;
  return {
    *[Symbol.iterator]() {
      for (const [value] of rows) yield value;
    },
  };
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  const text = String(value);
  return text.length > EXAMPLE_CHARACTERS ? `${text.slice(0, EXAMPLE_CHARACTERS)}…` : text;
}
