/**
 * A session at a glance: where it comes from, its headline numbers, and where its time went.
 *
 * @module
 */

import type { Child } from "hono/jsx";
import { isCostOpen } from "../../../core/cost_text.ts";
import { formatAgo, formatCount, formatCounted, formatDuration } from "../../../core/format.ts";
import { metricOf, numberAt } from "../../../core/metrics.ts";
import type { RunningSession } from "../../../core/reports/running.ts";
import type { SessionReport } from "../../../core/reports/session_report.ts";
import type { Session } from "../../../core/reports/sessions_report.ts";
import { toldTokens } from "../../../core/reports/told_tokens.ts";
import { isOutputOpen } from "../../../core/reports/output_bound.ts";
import { ShareStrip } from "../../charts/share_strip.tsx";
import { hrefOf, type PageRequest } from "../../page.ts";
import { Card } from "../../parts/card.tsx";
import { Moment } from "../../parts/moment.tsx";

/** What the head is made of. */
export interface SessionHeadProps {
  readonly request: PageRequest;
  readonly report: SessionReport;
  /** Ids of the sessions that were forked from this one. */
  readonly forks: readonly string[];
  /** What it does now; undefined where it ended, or nothing happened for long. */
  readonly running?: RunningSession | undefined;
}

const CARDS = [
  "cost_usd",
  "active_ms",
  "user_prompts",
  "tool_uses",
  "tokens_output",
  "lines_added",
  "acceptance_rate",
] as const;
const FORKS_SHOWN = 12;
const STATES = [
  ["model_ms", "Model", "s1"],
  ["tool_ms", "Tools", "s2"],
  ["permission_ms", "Permission", "s4"],
  ["user_ms", "You", "s3"],
  ["idle_ms", "Idle", "h0"],
] as const;

/** The head of the page. */
export function SessionHead(props: SessionHeadProps) {
  const { session } = props.report;
  return (
    <>
      <section data-section="head" aria-label="What session this is">
        <Facts {...props} />
      </section>
      <dl class="cards tight" data-section="cards">
        {CARDS.map((metric) => (
          <Card
            metric={metric}
            value={valueOf(session, metric)}
            isLowerBound={isLowerBound(session, metric)}
          />
        ))}
      </dl>
    </>
  );
}

function valueOf(session: Session, metric: string): number | null {
  if (metric === "acceptance_rate") return session.acceptance.rate;
  if (metric === "tokens_output") return toldTokens(session).output;
  const path = metricOf(metric).foundIn.sessions!.replace("sessions[].", "");
  return numberAt(session, path) as number | null;
}

function isLowerBound(session: Session, metric: string): boolean {
  if (metric === "cost_usd") return isCostOpen(session);
  return metric === "tokens_output" && isOutputOpen(session);
}

function Facts({ request, report: { session }, forks, running }: SessionHeadProps) {
  const { project_label, project_id, time } = session;
  const project = project_label ?? project_id?.slice(0, 8);
  const facts: [string, Child][] = [
    ["Session", <code class="whole">{session.session_id}</code>],
    ...project === undefined
      ? []
      : [["Project", ofSessions(request, "project", project_label ?? project_id!, project)] as [
        string,
        Child,
      ]],
    ["When", <When session={session} />],
    ...running === undefined ? [] : [["Now", nowText(running, request.now)] as [string, Child]],
    [
      "Assistant",
      [request.context.platformName(session.platform), ...session.versions.slice(-1)].join(" "),
    ],
    ["Models", session.models.join(", ") || "–"],
    ...countsOf(session),
    [
      "Compare",
      <a href={hrefOf(request, {}, `/sessions/${session.session_id}/similar`)}>
        similar sessions
      </a>,
    ],
    ...session.forked_from === null ? [] : [[
      "Forked from",
      <>
        {sessionLink(request, session.forked_from)} {inheritedText(session)}
      </>,
    ] as [string, Child]],
    ...forks.length === 0 ? [] : [[
      "Forks",
      <>
        {forks.slice(0, FORKS_SHOWN).map((id, i) => (
          <>{i === 0 ? "" : ", "}{sessionLink(request, id)}</>
        ))}
        {forks.length > FORKS_SHOWN ? ` and ${forks.length - FORKS_SHOWN} more` : ""}
      </>,
    ] as [string, Child]],
  ];
  return (
    <>
      <dl class="traits">
        {facts.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {time === null ? null : (
        <ShareStrip
          label="Where the time went"
          parts={STATES.map(([name, title, look]) => ({
            name: title,
            value: time[name] ?? 0,
            text: formatDuration(time[name] ?? 0),
            look,
          }))}
        />
      )}
    </>
  );
}

function When({ session }: { session: Session }) {
  const { started_at: from, ended_at: to, duration_ms: durationMs } = session;
  if (from === null || to === null) return <>–, its assistant dates nothing</>;
  const isOneDay = new Date(from).toDateString() === new Date(to).toDateString();
  return (
    <>
      <Moment at={from} /> to <Moment at={to} form={isOneDay ? "clock" : "whole"} />
      {durationMs === null ? "" : `, ${formatDuration(durationMs)}`}
    </>
  );
}

/** What is rare is told only where there is some. */
function countsOf(session: Session): [string, Child][] {
  const parts = ([
    [session.queued_prompts, "queued prompt"],
    [session.slash_commands, "command"],
    [session.interruptions, "interruption"],
    [session.compactions, "compaction"],
    [session.subagents, "sub-agent"],
    [session.rewound_turns, "turn taken back", "turns taken back"],
  ] as const).flatMap(([count, one, many]) =>
    !count
      ? []
      : [count > 1 && many ? `${formatCount(count)} ${many}` : formatCounted(count, one)]
  );
  const { score } = session.productivity;
  return [
    ...parts.length === 0 ? [] : [["With", parts.join(", ")] as [string, Child]],
    ...score === null ? [] : [["Score", `${score} of 100, experimental`] as [string, Child]],
  ];
}

function nowText({ tool, tool_at, last_at }: RunningSession, now: number): string {
  if (tool === null || tool_at === null) return `running, last ${formatAgo(last_at, now)}`;
  return `waits for ${tool}, called ${formatAgo(tool_at, now)}`;
}

function inheritedText({ inherited }: Session): string {
  if (inherited === null) return "";
  const { user_prompts: prompts, assistant_messages: answers, tool_uses: calls } = inherited;
  return `with ${formatCounted(prompts, "prompt")}, ${formatCounted(answers, "response")} and ${
    formatCounted(calls, "call")
  }, which are counted there`;
}

function sessionLink(request: PageRequest, id: string) {
  return (
    <a href={hrefOf(request, {}, `/sessions/${id}`)}>
      <code>{id.slice(0, 8)}</code>
    </a>
  );
}

function ofSessions(request: PageRequest, name: string, value: string, text: string) {
  return <a href={hrefOf(request, { [name]: value }, "/sessions")}>{text}</a>;
}
