/**
 * Takes data along: a form that answers with a file.
 *
 * @module
 */

import { EXPORT_FORMATS, EXPORTS } from "../../../core/exported.ts";
import { readFilterChoices } from "../../../core/reports/filter_choices.ts";
import { PERIODS } from "../../../core/reports/period.ts";
import type { PageRequest } from "../../page.ts";
import { Command } from "../../parts/command.tsx";
import { Note } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";

/** What the rows are, for people. */
const ROWS = {
  sessions: "sessions",
  metrics: "metrics by day",
  conversations: "turns",
  events: "events",
} as const satisfies Record<typeof EXPORTS[number], string>;

/** The form; it needs no script. */
export function ExportForm({ request }: { request: PageRequest }) {
  const { context } = request;
  const platforms = readFilterChoices(context.db).platforms
    .map((id): [string, string] => [id, context.platformName(id)]);
  return (
    <Section id="export" title="Export">
      <form class="fields" method="get" action="/api/v1/export">
        <Field label="What" name="what" options={EXPORTS.map((name) => [name, ROWS[name]])} />
        <Field label="Format" name="format" options={pairs(EXPORT_FORMATS)} />
        <Field label="Period" name="period" options={pairs(Object.keys(PERIODS).reverse())} />
        <Field label="Platform" name="platform" options={[["", "all"], ...platforms]} />
        <label class="check">
          <input type="checkbox" name="anonymize" value="true" />
          <span>Anonymous: no row can be told from four others</span>
        </label>
        <button type="submit">Download</button>
      </form>
      <Note>
        No file holds a name of a project, a path, a prompt or code.{" "}
        <Command>export -o sessions.parquet</Command>
      </Note>
    </Section>
  );
}

function Field(
  { label, name, options }: {
    label: string;
    name: string;
    options: readonly (readonly [value: string, text: string])[];
  },
) {
  return (
    <label>
      <span>{label}</span>
      <select name={name}>
        {options.map(([value, text]) => <option value={value}>{text}</option>)}
      </select>
    </label>
  );
}

function pairs(words: readonly string[]): [string, string][] {
  return words.map((word) => [word, word]);
}
