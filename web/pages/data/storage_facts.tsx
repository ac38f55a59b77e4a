/**
 * How much is read, stored and waiting.
 *
 * @module
 */

import { formatBytes, formatCount, formatRatio, formatShare } from "../../../core/format.ts";
import type { FilesRead } from "../../../core/reports/coverage.ts";
import { rebuildText } from "../../../core/reports/rebuild_text.ts";
import type { StatusReport } from "../../../core/reports/status_report.ts";
import { Empty } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";

interface StorageFactsProps {
  readonly status: StatusReport;
  /** What is known better than the database tells. */
  readonly coverage: FilesRead | undefined;
}

/** Two sections: what there is, and what is on its way. */
export function StorageFacts({ status, coverage }: StorageFactsProps) {
  const { storage, queue } = status;
  if (!storage || !queue || !status.coverage) {
    return (
      <Section id="storage" title="Storage">
        <Empty>Nothing is stored yet.</Empty>
      </Section>
    );
  }
  const { files_done, files_total } = coverage ?? status.coverage;
  const { database_bytes, events, sessions, raw_bytes, compressed_bytes } = storage;
  const rebuild = rebuildText(status.coverage);
  return (
    <div class="grid">
      <Section id="storage" title="Storage">
        <Facts
          facts={[
            ["events", formatCount(events)],
            ["sessions", formatCount(sessions)],
            ["database", formatBytes(database_bytes)],
            ["an event", events > 0 ? formatBytes(database_bytes / events) : "–"],
            [
              "traces are smaller",
              compressed_bytes > 0 ? `${formatRatio(raw_bytes / compressed_bytes)} times` : "–",
            ],
          ]}
        />
      </Section>
      <Section id="queue" title="Reading and queue">
        <Facts
          facts={[
            ["files read", `${formatCount(files_done)} of ${formatCount(files_total)}`],
            ["coverage", files_total > 0 ? formatShare(files_done / files_total) : "–"],
            ["events waiting", formatCount(queue.events)],
            ["batches waiting", formatCount(queue.changes)],
            ["pressure", queue.level ?? "not known"],
            ["queue is in", status.broker === "redis" ? "Redis" : "the database"],
            ...(rebuild === undefined ? [] : [["rebuilding", rebuild] as const]),
          ]}
        />
      </Section>
    </div>
  );
}

function Facts({ facts }: { facts: readonly (readonly [name: string, text: string])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, text]) => (
        <div>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
