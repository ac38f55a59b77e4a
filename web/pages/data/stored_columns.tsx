/**
 * What is stored and why it is safe, and how to have that proven.
 *
 * @module
 */

import { formatCount, formatCounted } from "../../../core/format.ts";
import { readStoredColumns, type StoredColumn } from "../../../core/what_is_stored.ts";
import type { PageRequest } from "../../page.ts";
import { Command } from "../../parts/command.tsx";
import { Note } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";

const UNSAID = "nobody said: the audit finds fault with it";

/** Columns by why they are safe; each by itself on demand. */
export function StoredColumns({ request }: { request: PageRequest }) {
  const columns = readStoredColumns(request.context.db);
  const tables = new Set(columns.map(({ table }) => table)).size;
  const reasons = [...Map.groupBy(columns, ({ why }) => why ?? UNSAID)]
    .sort(([, a], [, b]) => b.length - a.length);
  return (
    <Section id="privacy" title="What is stored, and why it is safe">
      <Table
        caption="Columns by why they are safe"
        columns={[{ title: "What they hold" }, { title: "Columns", isNumber: true }]}
        rows={reasons.map(([why, of]) => [
          <span class="wrapped">{why}</span>,
          formatCount(of.length),
        ])}
      />
      <details>
        <summary>
          All {formatCounted(columns.length, "column")} of {formatCounted(tables, "table")}
        </summary>
        <ColumnsByTable columns={columns} />
      </details>
      <Note>
        <Command>privacy audit</Command>{" "}
        holds every value to this, and looks through every byte for paths, addresses, keys and
        your own words; it fails where it finds one.
      </Note>
    </Section>
  );
}

function ColumnsByTable({ columns }: { columns: readonly StoredColumn[] }) {
  return (
    <Table
      caption="Columns by table"
      columns={[{ title: "Table" }, { title: "Columns" }]}
      rows={[...Map.groupBy(columns, ({ table }) => table)].map(([table, of]) => [
        <code>{table}</code>,
        <span class="wrapped">{of.map(({ column }) => column).join(", ")}</span>,
      ])}
    />
  );
}
