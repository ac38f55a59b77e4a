/**
 * What has just happened, line by line: a script adds what the WebSocket tells, until the server
 * makes the list anew.
 *
 * @module
 */

import { readRecentEvents, type RecentEvent } from "../../../core/reports/recent_events.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { clockText } from "../../parts/moment.tsx";
import type { ToolNamer } from "../../tool_namer.ts";

/** How many are shown; the script keeps to it. */
const SHOWN = 8;
/** What just happened is of no other time. */
const NO_PERIOD = { period: null, since: null, until: null };

/** The list; empty where nothing happened within the last hour. */
export function Feed({ request, nameOf }: { request: PageRequest; nameOf: ToolNamer }) {
  const { context, query, now } = request;
  const { platform, project, model } = query;
  const events = Object.entries(
    readRecentEvents(context.db, now, { platform, project, model }),
  );
  return (
    <ul
      class="feed"
      aria-label="Just now"
      data-feed={hrefOf(request, NO_PERIOD, "/ws/events")}
      data-shown={SHOWN}
      data-href={hrefOf(request, {}, "/sessions/:id")}
    >
      {events.slice(0, SHOWN).map(([id, event]) => (
        <Line id={id} event={event} request={request} nameOf={nameOf} />
      ))}
    </ul>
  );
}

function Line({ id, event, request, nameOf }: {
  id: string;
  event: RecentEvent;
  request: PageRequest;
  nameOf: ToolNamer;
}) {
  const { timestamp, session_id: session, tool, event_type: type, outcome } = event;
  return (
    <li data-event={id}>
      <time datetime={timestamp}>{clockText(Date.parse(timestamp))}</time>{" "}
      <b>{tool === null ? wordsOf(type) : nameOf(tool)}</b>{" "}
      <small>{tool === null ? "" : outcome === null ? "…" : wordsOf(outcome)}</small>{" "}
      <a href={hrefOf(request, {}, `/sessions/${session}`)}>
        <code>{session.slice(0, 8)}</code>
      </a>
    </li>
  );
}

function wordsOf(name: string): string {
  return name.replaceAll("_", " ");
}
