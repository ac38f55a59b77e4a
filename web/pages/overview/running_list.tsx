/**
 * What is going on now: the sessions in which something has just happened, and what each waits
 * for.
 *
 * @module
 */

import { costText } from "../../../core/cost_text.ts";
import { formatAgo, formatDuration } from "../../../core/format.ts";
import { type DecisionKind, readRunning } from "../../../core/reports/running.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { Clipped } from "../../parts/clipped.tsx";
import { Empty } from "../../parts/note.tsx";
import { Section } from "../../parts/section.tsx";
import { Table } from "../../parts/table.tsx";
import type { ToolNamer } from "../../tool_namer.ts";
import { Feed } from "./feed.tsx";

const DECISIONS: Readonly<Record<DecisionKind, string>> = {
  granted: "was allowed",
  rejected: "was refused",
  modified: "was changed afterwards",
  kept: "was kept",
  undone: "was undone",
};

/** The list; with what people decided last below it. */
export function RunningList(
  { request, nameOf }: { request: PageRequest; nameOf: ToolNamer },
) {
  const { context, query, now } = request;
  const { sessions, decisions } = readRunning(context.db, now, query);
  const linkTo = (id: string) => (
    <a href={hrefOf(request, {}, `/sessions/${id}`)}>
      <code>{id.slice(0, 8)}</code>
    </a>
  );
  const projectOf = (id: string | null) =>
    id === null ? "–" : query.labels?.get(id) ?? id.slice(0, 8);
  return (
    <Section id="running" title="Running now">
      {sessions.length === 0 ? <Empty>No session is running.</Empty> : (
        <Table
          caption="Running sessions"
          columns={[
            { title: "Session" },
            { title: "Project" },
            { title: "Waits for" },
            { title: "Last", isNumber: true, hidden: "phone" },
            { title: "Cost", isNumber: true },
          ]}
          rows={sessions.map(({ session_id, project_id, tool, tool_at, last_at, ...cost }) => [
            linkTo(session_id),
            <Clipped name={projectOf(project_id)} isSmall />,
            tool === null
              ? "–"
              : <Waiting tool={nameOf(tool)} sinceMs={now - (tool_at ?? now)} />,
            formatAgo(last_at, now),
            costText(cost),
          ])}
        />
      )}
      <h3>Just now</h3>
      <Feed request={request} nameOf={nameOf} />
      {decisions.length === 0 ? null : (
        <>
          <h3>Decided last</h3>
          <ul class="feed">
            {decisions.map(({ session_id, at, tool, kind }) => (
              <li>
                <b>{nameOf(tool)}</b> {DECISIONS[kind]} <small>{formatAgo(at, now)} in</small>
                {" "}
                {linkTo(session_id)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function Waiting({ tool, sinceMs }: { tool: string; sinceMs: number }) {
  return (
    <span class="breaks">
      <b>{tool}</b> <small>for {formatDuration(Math.max(0, sinceMs))}</small>
    </span>
  );
}
