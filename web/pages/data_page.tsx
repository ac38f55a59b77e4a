/**
 * The page of the data itself: what is read, stored and waiting, what it holds, and how to take
 * it along or delete it.
 *
 * @module
 */

import { dataFindings } from "../../core/reports/data_findings.ts";
import { reportDeadLetters } from "../../core/reports/dead_letters_report.ts";
import { formatFindings, readDrift } from "../../core/reports/format_report.ts";
import type { Page, PageRequest } from "../page.ts";
import { Said } from "../parts/write_button.tsx";
import { DeadLetters } from "./data/dead_letters.tsx";
import { ExportForm } from "./data/export_form.tsx";
import { HealthTable } from "./data/health_table.tsx";
import { SourcesTable } from "./data/sources_table.tsx";
import { StorageFacts } from "./data/storage_facts.tsx";
import { StoredColumns } from "./data/stored_columns.tsx";
import { PurgeForm } from "./data/purge_form.tsx";
import { Upkeep } from "./data/upkeep.tsx";

const LETTERS_SHOWN = 20;

/** The page. */
export const dataPage: Page = {
  path: "/data",
  title: "Data",
  isInNavigation: true,
  filters: [],
  render: async (request) => <Data request={request} status={await request.context.status()} />,
};

function Data(
  { request, status }: {
    request: PageRequest;
    status: Awaited<ReturnType<PageRequest["context"]["status"]>>;
  },
) {
  const { context: { db }, now } = request;
  const findings = [...dataFindings(db, now), ...formatFindings(db, readDrift(db))];
  return (
    <>
      <Said />
      <StorageFacts status={status} coverage={request.query.coverage} />
      <SourcesTable request={request} machines={status.machines} />
      <HealthTable findings={findings} trouble={status.server?.trouble ?? null} />
      <DeadLetters report={reportDeadLetters(db, { limit: LETTERS_SHOWN })} now={now} />
      <div class="grid">
        <ExportForm request={request} />
        <div>
          <PurgeForm request={request} />
          <Upkeep request={request} />
        </div>
      </div>
      <StoredColumns request={request} />
    </>
  );
}
