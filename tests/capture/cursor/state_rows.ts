/** Rows of a database, read by a small loop, and made-up ones around a row. */

import { DatabaseSync } from "node:sqlite";
import { isAllowed } from "../../../capture/cursor/allowed_keys.ts";
import type { RowContext, StateRow } from "../../../capture/cursor/state_rows.ts";
import { projectRow } from "../../../capture/cursor/project_row.ts";
import type { TelemetryEvent } from "../../../core/event.ts";
import { Privacy, type SafeText } from "../../../core/privacy.ts";

/** The same key for all tests. */
export const privacy = new Privacy(new Uint8Array(32).fill(7));

/** A workspace that is known. */
export const WORKSPACE = { hash: "00aa11bb22cc33dd" as SafeText, label: "shop" };

/** The context of rows that all lie in one database. */
export function contextOf(
  rows: readonly StateRow[],
  workspace: RowContext["workspace"] = undefined,
): RowContext {
  const values = new Map(rows.map(({ table, key, value }) => [`${table} ${key}`, value]));
  return {
    privacy,
    workspace,
    hides: () => false,
    row: (table, key) => values.get(`${table} ${key}`),
  };
}

/** The events of all rows, in their order. */
export function project(
  rows: readonly StateRow[],
  workspace: RowContext["workspace"] = undefined,
): TelemetryEvent[] {
  const context = contextOf(rows, workspace);
  return rows.flatMap((row) => [...projectRow(row, context)]);
}

/** A row of `cursorDiskKV`. */
export function kv(key: string, value: unknown): StateRow {
  return { table: "cursorDiskKV", key, value: JSON.stringify(value) };
}

/** A row of `ItemTable`. */
export function item(key: string, value: unknown): StateRow {
  return { table: "ItemTable", key, value: JSON.stringify(value) };
}

/** All rows of a real database whose keys are allowed. */
export function readRows(path: string): StateRow[] {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = db.prepare("select name from sqlite_master where type = 'table'").all()
      .map(({ name }) => name as string);
    return (["ItemTable", "cursorDiskKV"] as const).filter((name) => tables.includes(name))
      .flatMap((table) =>
        db.prepare(`select key, value from ${table} where key is not null and value is not null`)
          .all().map(({ key, value }) => ({
            table,
            key: String(key),
            value: typeof value === "string"
              ? value
              : new TextDecoder().decode(value as Uint8Array),
          }))
      ).filter(({ table, key }) => isAllowed(table, key));
  } finally {
    db.close();
  }
}
