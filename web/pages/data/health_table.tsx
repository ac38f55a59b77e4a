/**
 * What is well with the data and what is not, each with what to do.
 *
 * @module
 */

import { type Finding, SEVERITIES } from "../../../core/finding.ts";
import { Command } from "../../parts/command.tsx";
import { Note } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";

/** Said by a sign as well as by a word. */
const MARKS = { ok: "✓", note: "•", warning: "▲", error: "✕" } as const;

/** The table, the gravest first. */
export function HealthTable(
  { findings, trouble }: { findings: readonly Finding[]; trouble: string | null },
) {
  const all: readonly Finding[] = [
    ...(trouble === null ? [] : [{ id: "trouble", severity: "error" as const, title: trouble }]),
    ...findings,
  ];
  const sorted = all.toSorted((a, b) =>
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity)
  );
  return (
    <Section id="health" title="Health">
      <Table
        caption="What was looked at"
        columns={[{ title: "State" }, { title: "What" }]}
        rows={sorted.map(({ severity, title, remedy }) => [
          <span class={severity}>
            <span class="severity">
              <span aria-hidden="true">{MARKS[severity]}</span> {severity}
            </span>
          </span>,
          <span class="wrapped">
            {title}
            {remedy === undefined ? null : <small class="below">{remedy}</small>}
          </span>,
        ])}
      />
      <Note>
        <Command>doctor</Command> looks at files, modes, ports, hooks and prices as well.
      </Note>
    </Section>
  );
}
