/**
 * One session in depth. Its address holds the id, or how that begins.
 *
 * @module
 */

import { readForks } from "../../core/reports/lineage.ts";
import { readSessionDecisions } from "../../core/reports/session_decisions.ts";
import { readRunning } from "../../core/reports/running.ts";
import { findSessionIds, sessionNumber } from "../../core/reports/session_ids.ts";
import { readBusyTime, readSessionLanes } from "../../core/reports/session_lanes.ts";
import { reportSession, type SessionReport } from "../../core/reports/session_report.ts";
import { readWords } from "../../core/words.ts";
import type { Interval } from "../charts/folded_time.ts";
import { hrefOf, type Page, type PageRequest } from "../page.ts";
import { Note } from "../parts/note.tsx";
import { PhaseBars } from "../parts/phase_bars.tsx";
import { Section } from "../parts/section.tsx";
import { Said } from "../parts/write_button.tsx";
import { DecisionsTable } from "./session/decisions_table.tsx";
import { Findings } from "./session/findings.tsx";
import { Growth } from "./session/growth.tsx";
import { SessionHead } from "./session/head.tsx";
import { LanesFigure } from "./session/lanes.tsx";
import { LIST_CHOICES, LIST_TAKES } from "./sessions/list_query.ts";
import { Neighbours } from "./session/neighbours.tsx";
import { Waits } from "./session/path.tsx";
import { Files, Models, Tools } from "./session/parts.tsx";
import { isOfOneDay, Turns } from "./session/turns.tsx";
import {
  chosenTurns,
  DECISIONS_SHOWN,
  type PlacedTurn,
  readView,
  TURNS_SHOWN,
  VIEW_CHOICES,
  VIEW_TAKES,
} from "./session/view.ts";
import { toolNamer } from "../tool_namer.ts";

/** The page. */
export const sessionPage: Page = {
  path: "/sessions/:id",
  title: "Session",
  titleOf: (request) => {
    const [id, ...more] = idsOf(request);
    return id === undefined || more.length > 0 ? "Session" : `Session ${id.slice(0, 8)}`;
  },
  isInNavigation: false,
  filters: [],
  // That of the list that it is chosen from.
  usualPeriod: "all",
  choices: { ...LIST_CHOICES, ...VIEW_CHOICES },
  takes: { ...LIST_TAKES, ...VIEW_TAKES },
  render: (request) => {
    const ids = idsOf(request);
    const report = ids.length === 1 ? read(request, ids[0]!) : undefined;
    if (report) {
      const number = sessionNumber(request.context.db, report.session);
      return (
        <>
          <Neighbours request={request} number={number} />
          <Content request={request} report={report} />
        </>
      );
    }
    request.c.status(404);
    return <Unfound request={request} ids={ids} />;
  },
  socket: (request) => {
    const [id, ...more] = idsOf(request);
    return id === undefined || more.length > 0 ? "" : `/ws/sessions/${encodeURIComponent(id)}`;
  },
};

const IDS_SHOWN = 20;
/** The last moment belongs to the stretch. */
const MOMENT_MS = 1;

function idsOf({ c, context }: PageRequest): string[] {
  return findSessionIds(context.db, c.req.param("id") ?? "");
}

function read({ context, query }: PageRequest, id: string): SessionReport | undefined {
  return reportSession(context.db, id, {
    labels: query.labels ?? new Map(),
    servers: context.toolServers(),
    coverage: context.coverage(),
  });
}

function Content({ request, report }: { request: PageRequest; report: SessionReport }) {
  const { db } = request.context, { session } = report;
  const view = readView(request), words = readWords(db), number = sessionNumber(db, session);
  const chosen = chosenTurns(report, view);
  const turns = chosen.slice(view.turnsOffset, view.turnsOffset + TURNS_SHOWN);
  const nameOf = toolNamer(request);
  const decisions = readSessionDecisions(db, number, words, {
    choice: view.decision,
    limit: DECISIONS_SHOWN,
    offset: view.decisionsOffset,
  });
  return (
    <>
      <SessionHead
        request={request}
        report={report}
        forks={readForks(db, number)}
        running={runningOf(request, report)}
      />
      <TimeSections request={request} report={report} turns={turns} nameOf={nameOf} />
      <div class="grid">
        <Section id="waits" title="What it waited for">
          <Waits report={report} nameOf={nameOf} />
        </Section>
        <Section id="phases" title="Phases of work">
          <PhaseBars phases={report.usage?.phases ?? {}} />
        </Section>
      </div>
      <Said />
      <Section id="findings" title="What was found">
        <Findings request={request} report={report} />
      </Section>
      <Section id="turns" title="Turns">
        <Turns
          request={request}
          report={report}
          view={view}
          total={chosen.length}
          turns={turns}
          nameOf={nameOf}
        />
      </Section>
      <Section id="decisions" title="Decisions">
        <DecisionsTable
          request={request}
          view={view}
          read={decisions}
          whole={session}
          isOneDay={isOfOneDay(report)}
          arePermissionsKnown={session.permission_requests !== null}
          nameOf={nameOf}
        />
      </Section>
      <div class="grid">
        <Section id="tools" title="Tools">
          <Tools report={report} nameOf={nameOf} />
        </Section>
        <Section id="files" title="Files by extension">
          <Files report={report} />
        </Section>
      </div>
      <Section id="models" title="Models">
        <Models report={report} />
      </Section>
    </>
  );
}

/** The timeline of the turns on the page, and how the whole session grew on the same scale. */
function TimeSections({ request: { context: { db } }, report, turns, nameOf }: {
  request: PageRequest;
  report: SessionReport;
  turns: readonly PlacedTurn[];
  nameOf(tool: string): string;
}) {
  const { session, activity } = report;
  const number = sessionNumber(db, session), words = readWords(db);
  const stretch = stretchOf(report, turns), whole = stretchOf(report, []);
  const lanes = stretch && readSessionLanes(db, number, words, stretch);
  const busy = turns.length === report.turns.length
    ? lanes?.busy
    : whole && readBusyTime(db, number, words, whole);
  return (
    <>
      <Section id="timeline" title="Timeline">
        {stretch === undefined || lanes === undefined
          ? <Note>This assistant records no times.</Note>
          : (
            <LanesFigure
              stretch={stretch}
              lanes={lanes}
              turns={turns}
              turnsInAll={report.turns.length}
              nameOf={nameOf}
            />
          )}
      </Section>
      <Section id="growth" title="Cost and tokens as they grew">
        <Growth
          session={session}
          activity={activity}
          busy={busy ?? []}
        />
      </Section>
    </>
  );
}

function runningOf({ context, now }: PageRequest, { session }: SessionReport) {
  const { session_id, platform } = session;
  return readRunning(context.db, now, { session: session_id, platform }).sessions[0];
}

/** The time of the turns on the page: all of the session where all are. */
function stretchOf(
  { session, turns: all }: SessionReport,
  turns: readonly PlacedTurn[],
): Interval | undefined {
  const { duration_ms, ended_at } = session;
  if (duration_ms === null || ended_at === null) return undefined;
  const first = turns[0], last = turns.at(-1);
  const next = last && all[last.place];
  const end = Date.parse(ended_at);
  // What a fork inherited is told of where it came from.
  const from = first && first.place > 1 ? Date.parse(first.turn.started_at) : end - duration_ms;
  return [from, next ? Date.parse(next.started_at) : end + MOMENT_MS];
}

function Unfound({ request, ids }: { request: PageRequest; ids: readonly string[] }) {
  if (ids.length === 0) {
    return (
      <section>
        <p>There is no session with this id, and none whose id begins so.</p>
        <p>
          <a href={hrefOf(request, {}, "/sessions")}>All sessions</a>
        </p>
      </section>
    );
  }
  return (
    <section>
      <p>The ids of several sessions begin so:</p>
      <ul>
        {ids.slice(0, IDS_SHOWN).map((id) => (
          <li>
            <a href={hrefOf(request, {}, `/sessions/${id}`)}>
              <code>{id}</code>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
