/** Tests of reports as CSV, made of the known events. */

import { deepEqual, equal } from "node:assert/strict";
import { metricsCsv, sessionsCsv } from "../../../cli/formats/report_csv.ts";
import { type MetricsQuery, reportMetrics } from "../../../core/reports/metrics_report.ts";
import { reportSessions } from "../../../core/reports/sessions_report.ts";
import { type FilledHome, filledHome, ONE } from "../../helpers/filled_home.ts";
import { keptNowhere, makeResponse, NOON } from "../../helpers/events.ts";

type Row = Readonly<Record<string, string>>;

function rowsOf(csv: string): Row[] {
  const [names = "", ...lines] = csv.trimEnd().split("\r\n");
  return lines.map((line) => {
    const cells = line.split(",");
    equal(cells.length, names.split(",").length, line);
    return Object.fromEntries(names.split(",").map((name, i) => [name, cells[i]!]));
  });
}

function metricsOf({ db, clock }: FilledHome, more: Partial<MetricsQuery> = {}): Row[] {
  const now = clock.now(), period = { from: NOON - 82_800_000, to: now + 1 };
  return rowsOf(metricsCsv(reportMetrics(db, { period, now, ...more })));
}

Deno.test("metricsCsv() gives each number of the catalogue a row, raw", async () => {
  await using home = await filledHome();
  const rows = metricsOf(home);
  const row = (name: string) => rows.find(({ metric }) => metric === name)!;

  deepEqual([row("sessions").value, row("tokens_output").value], ["3", "340"]);
  const { value, n, low, high, p50 } = row("error_rate");
  deepEqual([value, n, p50], ["0.2", "5", ""]);
  deepEqual([low, high], ["0.036224", "0.624465"]);
  equal(row("cost_is_lower_bound").value, "true");
});

Deno.test("metricsCsv() is empty where nothing is known, 0 where there is nothing", async () => {
  await using home = await filledHome([]);
  const rows = metricsOf(home);
  const value = (name: string) => rows.find(({ metric }) => metric === name)!.value;

  deepEqual([value("user_prompts"), value("api_errors"), value("error_rate")], ["0", "", ""]);
  equal(value("tool_ms"), "");
});

Deno.test("metricsCsv() gives each group a row, and each number a column", async () => {
  await using home = await filledHome();
  const rows = metricsOf(home, { groupBy: "project", labels: new Map([[ONE, "=engine"]]) });

  const one = rows.find(({ group }) => group === ONE)!;

  equal(rows.length, 2);
  deepEqual([one.label, one.sessions, one.tokens_output], ["'=engine", "1", "140"]);
  equal(one.duration_ms, "");
});

Deno.test("sessionsCsv() gives each session a row, empty where nothing is kept", async () => {
  await using home = await filledHome();
  await home.tell(keptNowhere({ id: "u", session: "plain", platform: "cursor", at: NOON }));

  const rows = rowsOf(sessionsCsv(reportSessions(home.db, { limit: 0 })));

  const of = (id: string) => rows.find(({ session_id }) => session_id === id)!;
  deepEqual([of("alpha").user_prompts, of("alpha").tokens_output], ["2", "140"]);
  deepEqual([of("plain").tokens_output, of("plain").cost_usd], ["", ""]);
  equal(of("zeta").forked_from, "alpha");
  equal(of("zeta").inherited_tokens_output, "100");
});

Deno.test("sessionsCsv() has the same columns, whatever the sessions are", async () => {
  await using full = await filledHome();
  await using none = await filledHome([]);
  const head = (home: FilledHome) => sessionsCsv(reportSessions(home.db)).split("\r\n")[0];

  equal(head(none), head(full));
});

Deno.test("sessionsCsv() and metricsCsv() leave tokens empty that no response told", async () => {
  await using home = await filledHome([makeResponse({ id: "mute", stop: null })]);

  const [session] = rowsOf(sessionsCsv(reportSessions(home.db)));
  const [group] = metricsOf(home, { groupBy: "platform" });
  const row = metricsOf(home).find(({ metric }) => metric === "tokens_output");

  deepEqual([session!.tokens_output, session!.sessions_without_tokens], ["", "1"]);
  deepEqual([group!.tokens_input, row!.value], ["", ""]);
});
