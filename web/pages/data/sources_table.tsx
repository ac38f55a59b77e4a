/**
 * What is read: the assistants and their files, and the machines that capture.
 *
 * @module
 */

import { formatAgo, formatBytes, formatCount, formatCounted } from "../../../core/format.ts";
import { reportSources } from "../../../core/reports/sources_report.ts";
import type { MachineShare } from "../../../core/reports/status_report.ts";
import type { PageRequest } from "../../page.ts";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";

const VERSIONS_SHOWN = 3;

/** Both; machines only where several capture. */
export function SourcesTable(
  { request, machines }: { request: PageRequest; machines: readonly MachineShare[] },
) {
  const { context, now } = request;
  const ago = (at: number | null) => at === null ? "–" : formatAgo(at, now);
  return (
    <Section id="sources" title="Sources">
      <Table
        caption="Assistants whose files are read"
        columns={[
          { title: "Assistant" },
          { title: "Last event", isNumber: true },
          { title: "Sessions", isNumber: true },
          { title: "Files read", isNumber: true },
          { title: "Size", isNumber: true, hidden: "phone" },
          { title: "Lines", isNumber: true, hidden: "phone" },
          { title: "Broken", isNumber: true, hidden: "phone" },
          { title: "Of unknown kinds", isNumber: true, hidden: "tablet" },
          { title: "Versions", hidden: "tablet" },
        ]}
        rows={reportSources(context.db).map((source) => [
          context.platformName(source.platform),
          ago(source.last_at),
          formatCount(source.sessions),
          `${formatCount(source.files_read)} of ${formatCount(source.files)}`,
          formatBytes(source.bytes),
          formatCount(source.lines),
          formatCount(source.lines_malformed),
          formatCount(source.lines_unknown),
          versionsText(source.versions),
        ])}
        empty="Nothing was read yet. `blueplane doctor` says where it looks."
      />
      {machines.length < 2 ? null : <Machines machines={machines} />}
    </Section>
  );
}

function Machines({ machines }: { machines: readonly MachineShare[] }) {
  return (
    <Table
      caption="Machines that capture"
      isCaptionSeen
      columns={[
        { title: "Machine" },
        { title: "Files", isNumber: true },
        { title: "Lines", isNumber: true },
        { title: "Sessions", isNumber: true },
      ]}
      rows={machines.map(({ machine, this_machine, files, lines, sessions }) => [
        `${machine || "unnamed"}${this_machine ? " (this one)" : ""}`,
        formatCount(files),
        formatCount(lines),
        formatCount(sessions),
      ])}
    />
  );
}

function versionsText(versions: readonly string[]): string {
  const shown = versions.slice(0, VERSIONS_SHOWN).join(", ");
  const left = versions.length - VERSIONS_SHOWN;
  return left > 0
    ? `${shown} and ${formatCounted(left, "more")}`.replace(/s$/, "")
    : shown || "–";
}
