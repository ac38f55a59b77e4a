/**
 * One finding: what it is, its evidence, what it could save, what to do, and to be done with it.
 *
 * @module
 */

import { formatAgo, formatCount, formatDuration, formatMoney } from "../../../core/format.ts";
import type { Insight } from "../../../core/reports/insights_report.ts";
import { hrefOf, type PageRequest } from "../../page.ts";
import { Command } from "../../parts/command.tsx";
import { WriteButton } from "../../parts/write_button.tsx";
import type { ToolNamer } from "../../tool_namer.ts";
import { kindName } from "./kind_name.ts";

const CHANGE = "/api/v1/insights/change";
/** How much it matters, not by colour alone. */
const MARKS = { high: "▲▲", medium: "▲", low: "•" } as const;

/** The article. */
export function FindingArticle(
  { insight, request, nameOf }: { insight: Insight; request: PageRequest; nameOf: ToolNamer },
) {
  const { id, severity, state, title, suggestion, type } = insight;
  return (
    <article class={`finding ${severity}`} aria-labelledby={`finding-${id}`}>
      <h3 id={`finding-${id}`}>
        <span class="severity">
          <span aria-hidden="true">{MARKS[severity]}</span> {severity}
        </span>{" "}
        {nameOf(title)}
        {state === "open" ? null : <span class="badge">{state}</span>}
      </h3>
      <p class="quiet">
        {type} · <Place insight={insight} request={request} />
      </p>
      <p>{suggestion}.</p>
      <dl class="facts">
        {evidenceOf(insight).map(([name, text]) => (
          <div>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Changes insight={insight} />
    </article>
  );
}

function Place({ insight, request }: { insight: Insight; request: PageRequest }) {
  const { project_id, project_label, sessions, session_id, platform, period } = insight;
  const project = project_label ?? project_id?.slice(0, 8);
  return (
    <>
      {project ?? request.context.platformName(platform)}, {sessions === 1
        ? "in session "
        : `in ${formatCount(sessions)} sessions since ${period.from.slice(0, 10)}, as in `}
      <a href={hrefOf(request, {}, `/sessions/${session_id}`)}>
        <code>{session_id.slice(0, 8)}</code>
      </a>, {formatAgo(Date.parse(period.to), request.now)}
    </>
  );
}

/** The numbers, of how many they are, and what could be spared. */
function evidenceOf({ numbers, n, n_of, expected_gain }: Insight): [string, string][] {
  const { tokens = null, cost_usd = null, duration_ms = null } = expected_gain ?? {};
  const gains = [
    ...(cost_usd ? [formatMoney(cost_usd)] : []),
    ...(duration_ms ? [formatDuration(duration_ms)] : []),
    ...(tokens ? [`${formatCount(tokens)} tokens`] : []),
  ];
  return [
    ...Object.entries(numbers).map(([name, value]): [string, string] => [
      name.replace(/_(usd|ms)$/, "").replaceAll("_", " ").replace(/^api /, "API "),
      numberText(name, value),
    ]),
    ["of", `${formatCount(n)} ${n_of}`],
    ["could save", gains.length === 0 ? "not known" : gains.join(", ")],
  ];
}

function numberText(name: string, value: number): string {
  if (name.endsWith("_usd")) return formatMoney(value);
  return name.endsWith("_ms") ? formatDuration(value) : formatCount(value);
}

function Changes(
  { insight: { id, kind, severity, sessions, state, title } }: { insight: Insight },
) {
  const name = kindName(kind);
  const change = (body: object, done: string, text: string) => (
    <WriteButton path={CHANGE} body={body} done={done} label={`${text}: ${title}`}>
      {text}
    </WriteButton>
  );
  return (
    <div class="changes">
      {state === "dismissed"
        ? change({ restore: id }, "It is shown again.", "Restore")
        : state === "muted"
        ? change({ unmute: kind }, `Findings about ${name} are shown again.`, "Unmute this kind")
        : (
          <>
            {change({ dismiss: { id, severity, sessions } }, "Dismissed.", "Dismiss")}
            {change(
              { mute: kind },
              `Findings about ${name} are no longer shown.`,
              "Mute this kind",
            )}
          </>
        )}
      <details>
        <summary>By command</summary>
        <p>
          <Command>{`insights ${state === "dismissed" ? "restore" : "dismiss"} ${id}`}</Command>
          {" "}
          <Command>{`insights ${state === "muted" ? "unmute" : "mute"} ${kind}`}</Command>
        </p>
      </details>
    </div>
  );
}
