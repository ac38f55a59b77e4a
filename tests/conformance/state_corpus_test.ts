/**
 * Real databases, each counted by SQL that was written by hand, and by the whole way from its rows
 * to the reports. The events of its rows come in any order, and twice.
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { projectRow } from "../../capture/cursor/project_row.ts";
import type { StateRow } from "../../capture/cursor/state_rows.ts";
import { encodeEvent, type TelemetryEvent } from "../../core/event.ts";
import { reportMetrics } from "../../core/reports/metrics_report.ts";
import { reportSessions } from "../../core/reports/sessions_report.ts";
import { CANARY, plant, textPlaces } from "../capture/cursor/canaries.ts";
import { contextOf, project, readRows, WORKSPACE } from "../capture/cursor/state_rows.ts";
import { seededRandom } from "../helpers/events.ts";
import { filledHome } from "../helpers/filled_home.ts";

const corpus = decodeURIComponent(
  new URL("../../../shared/corpus/cursor", import.meta.url).pathname,
);
const GLOBAL = "scrubbed-2026-08/User/globalStorage";
const HEADS = "scrubbed-2025-03/User/workspaceStorage/unknown-hash";
const INLINE = "slevin48-2024-11/User/workspaceStorage/f87f6e0b2cf1ae8645cc0c5ffaa99529";
const ELSEWHERE = "scrubbed-2026-08/User/workspaceStorage";
/** Where the corpus is not, as with whoever has the source alone, there is nothing to compare. */
const ignore = !isFolder(corpus);
/** Rows that are told beside one that was changed. */
const NEAR_MAX = 4;
const ALL = { period: { from: undefined, to: Date.UTC(2030, 0) }, now: Date.UTC(2029, 0) };

Deno.test({
  name: "project() counts a database of 2026 as SQL does",
  ignore,
  async fn() {
    using db = open(GLOBAL);
    const { totals, sessions } = await told(GLOBAL);
    const bubbles = `from cursorDiskKV where key >= 'bubbleId:' and key < 'bubbleId;'
    and value is not null`;
    const call = "json_extract(value, '$.toolFormerData.name')";

    equal(sessions.length, count(db, `select count(distinct substr(key, 10, 36)) ${bubbles}`));
    equal(
      totals.user_prompts,
      count(
        db,
        `select count(*) ${bubbles} and value ->> '$.type' = 1 and value ->> '$.text' <> ''`,
      ),
    );
    equal(
      totals.assistant_messages,
      count(
        db,
        `select count(*) ${bubbles} and value ->> '$.type' = 2
      and value ->> '$.capabilityType' is null and value ->> '$.text' <> ''`,
      ),
    );
    deepEqual(
      totals.tool_uses_by_name,
      table(
        db,
        `select replace(${call}, '_v2', ''), count(*) ${bubbles} and ${call} is not null
      group by 1 order by 2 desc, 1`,
        totals.tool_uses_by_name!,
      ),
    );
    const exit = `json_extract(json_extract(value, '$.toolFormerData.result'), '$.exitCode')`;
    const ended = `${bubbles} and json_extract(value, '$.toolFormerData.status') = 'completed'`;
    equal(
      totals.tool_results_by_kind!.failed,
      count(db, `select count(*) ${ended} and ${exit} <> 0`),
    );
    equal(
      totals.tool_results_by_kind!.ok,
      count(db, `select count(*) ${ended} and ifnull(${exit}, 0) = 0`),
    );
    deepEqual([totals.tokens.input, totals.cost_usd], [null, null]);
    equal(totals.unknown.tokens!.reason, "not_kept_by_platform");
  },
});

Deno.test({
  name: "project() judges the edits of a database of 2026 as SQL does",
  ignore,
  async fn() {
    using db = open(GLOBAL);
    const { totals } = await told(GLOBAL);
    const bubbles = `from cursorDiskKV where key >= 'bubbleId:' and key < 'bubbleId;'
      and value is not null`;
    const call = "json_extract(value, '$.toolFormerData.name')";
    const edits = `${bubbles} and ${call} = 'edit_file_v2'`;
    const option =
      "json_extract(value, '$.toolFormerData.additionalData.reviewData.selectedOption')";
    const decision = "json_extract(value, '$.toolFormerData.userDecision')";
    const permission = count(db, `select count(*) ${edits} and ${option} = 'accept'`);
    const review = count(db, `select count(*) ${edits} and ${decision} = 'accepted'`);
    deepEqual(totals.acceptance.evidence, { permission, review });
    equal(totals.acceptance.accepted, permission + review);
    equal(totals.acceptance.auto, count(db, `select count(*) ${edits}`) - permission - review);
    equal(totals.acceptance.rejected, 0);
    const files = "json_extract(value, '$.newlyCreatedFiles')";
    const row = "from cursorDiskKV where key >= 'composerData:' and key < 'composerData;'";
    equal(totals.files_created, count(db, `select sum(json_array_length(${files})) ${row}`));
    const lines = `from (select value ${edits}) e,
    json_each(json_extract(e.value, '$.toolFormerData.additionalData.precomputedDiff.lines')) l`;
    equal(
      totals.created_file_lines! + totals.lines_added!,
      count(db, `select count(*) ${lines} where l.value ->> '$.type' <> 'removed'`),
    );
  },
});

Deno.test({
  name: "project() tells the counters of a database of 2026 as it has them",
  ignore,
  async fn() {
    using db = open(GLOBAL);
    const { totals, sessions, metrics } = await told(GLOBAL);
    const row = "from cursorDiskKV where key >= 'composerData:' and key < 'composerData;'";
    const fates = `from cursorDiskKV f, json_each(f.value, '$.fates') h
    where f.key >= 'codeBlockPartialInlineDiffFates:'
    and f.key < 'codeBlockPartialInlineDiffFates;'`;
    equal(
      totals.reviewed_hunks!.hunks_accepted,
      count(db, `select count(*) ${fates} and h.value ->> '$.fate' = 'accepted'`),
    );
    equal(
      totals.reviewed_hunks!.accepted_lines_added,
      count(db, `select sum(json_array_length(h.value, '$.addedLines')) ${fates}`),
    );
    const [day] = metrics.daily_lines!;
    deepEqual([day!.day, day!.composer_suggested_lines, day!.composer_accepted_lines], [
      "2026-07-07",
      326,
      420,
    ]);
    const [session] = sessions;
    const gauge = (name: string) => count(db, `select max(value ->> '$.${name}') ${row}`);
    deepEqual(session!.context, {
      tokens_last: gauge("contextTokensUsed"),
      tokens_max: gauge("contextTokensUsed"),
      limit: gauge("contextTokenLimit"),
    });
    deepEqual(session!.reported, {
      lines_added: gauge("totalLinesAdded"),
      lines_removed: gauge("totalLinesRemoved"),
      files_changed: gauge("filesChangedCount"),
    });
    deepEqual([session!.models, session!.modes], [["composer-2.5"], ["agent"]]);
  },
});

Deno.test({
  name: "project() counts a workspace of 2025 as SQL does",
  ignore,
  async fn() {
    using db = open(HEADS);
    const { totals, sessions } = await told(HEADS);
    const list = (key: string, path: string) =>
      `json_each((select value from ItemTable where key = '${key}'), '${path}')`;
    const requests = `from ${list("aiService.generations", "$")} g
    join ${list("composer.composerData", "$.allComposers")} c
    on g.value ->> '$.unixMs' between c.value ->> '$.createdAt' and c.value ->> '$.lastUpdatedAt'
    where g.value ->> '$.type' = 'composer'`;

    equal(totals.user_prompts, count(db, `select count(*) ${requests}`));
    equal(
      sessions.length,
      count(db, `select count(distinct c.value ->> '$.composerId') ${requests}`),
    );
    deepEqual([totals.tool_uses, totals.assistant_messages], [0, 0]);
    deepEqual([sessions[0]!.project_id, sessions[0]!.tokens.output], [WORKSPACE.hash, null]);
  },
});

Deno.test({
  name: "project() counts a workspace of 2024 as SQL does",
  ignore,
  async fn() {
    using db = open(INLINE);
    const { totals, sessions } = await told(INLINE);
    const value = (key: string) => `(select value from ItemTable where key = '${key}')`;
    const composers = `json_each(${value("composer.composerData")}, '$.allComposers') c`;
    const chats = value("workbench.panel.aichat.view.aichat.chatdata");
    const bubbles = `from ${composers}, json_each(c.value, '$.conversation') b
    where b.value ->> '$.text' <> '' and b.value ->> '$.type'`;
    const chatted = `from json_each(${chats}, '$.tabs') t, json_each(t.value, '$.bubbles') b
    where (b.value ->> '$.text' <> '' or json_array_length(b.value, '$.selectedImages') > 0)
    and b.value ->> '$.type'`;
    const blocks =
      `from ${composers}, json_each(c.value, '$.codeBlockData') f, json_each(f.value) b`;
    const verdict = (status: string) =>
      count(db, `select count(*) ${blocks} where b.value ->> '$.status' = '${status}'`);

    equal(
      sessions.length,
      count(db, `select count(*) from ${composers}`) +
        count(db, `select json_array_length(${chats}, '$.tabs')`),
    );
    equal(
      totals.user_prompts,
      count(db, `select count(*) ${bubbles} = 1`) +
        count(db, `select count(*) ${chatted} = 'user'`),
    );
    equal(
      totals.assistant_messages,
      count(db, `select count(*) ${bubbles} = 2`) +
        count(db, `select count(*) ${chatted} = 'ai'`),
    );
    equal(totals.acceptance.accepted, verdict("accepted"));
    equal(totals.acceptance.rejected, verdict("rejected"));
    deepEqual(totals.acceptance.evidence, { review: verdict("accepted") });
    equal(
      totals.acceptance.unknown,
      count(db, `select count(*) ${blocks}`) - verdict("accepted") - verdict("rejected"),
    );
    deepEqual([totals.tool_uses, totals.tool_uses_by_name], [0, {}]);
  },
});

Deno.test({
  name: "project() finds no session in windows without one",
  ignore,
  async fn() {
    for (const window of ["1783397357731", "empty-window", "60f931f83ff60b5226d9aedd2ac8b2f6"]) {
      const { sessions, totals } = await told(`${ELSEWHERE}/${window}`);

      deepEqual([sessions, totals.user_prompts], [[], 0], window);
    }
  },
});

Deno.test({
  name: "project() lets no text of a real row through, whichever field holds it",
  ignore,
  fn() {
    let places = 0;
    for (const path of [GLOBAL, HEADS, INLINE, `${ELSEWHERE}/empty-window`]) {
      const rows = readRows(`${corpus}/${path}/state.vscdb`);
      for (const [place, row] of textPlacesOf(rows)) {
        const value = JSON.stringify(plant(JSON.parse(row.value), new Set([place])));
        const planted = { ...row, value };
        const context = contextOf([...rows.filter((one) => one !== row), planted], WORKSPACE);
        // What a row says of others is told by them.
        const near = rows.filter(({ key }) => key !== row.key).slice(0, NEAR_MAX);
        const events = [planted, ...near].flatMap((one) => projectRow(one, context));
        deepEqual(events.filter((event) => CANARY.test(encodeEvent(event))), [], place);
        places++;
      }
    }
    ok(places > 300, `${places} places`);
  },
});

/** Every place of a text in the rows of a kind, with a row that has it. */
function textPlacesOf(rows: readonly StateRow[]): Iterable<readonly [string, StateRow]> {
  const found = new Map<string, readonly [string, StateRow]>();
  for (const row of rows) {
    for (const place of textPlaces(JSON.parse(row.value))) {
      found.set(`${row.key.split(":")[0]} ${place}`, [place, row]);
    }
  }
  return found.values();
}

/** What the reports say of a database, the same for its events in any order and twice. */
async function told(path: string) {
  const events = project(readRows(`${corpus}/${path}/state.vscdb`), WORKSPACE);
  const first = await report(events);
  deepEqual(await report(shuffled([...events, ...events])), first);
  return first;
}

async function report(events: readonly TelemetryEvent[]) {
  await using home = await filledHome(events);
  const metrics = reportMetrics(home.db, ALL);
  const { sessions } = reportSessions(home.db, { limit: 0 });
  return { metrics, totals: metrics.totals, sessions };
}

function shuffled<T>(items: readonly T[]): T[] {
  const random = seededRandom(5);
  return items.map((item) => [random(), item] as const).sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

function open(path: string): DatabaseSync {
  return new DatabaseSync(`${corpus}/${path}/state.vscdb`, { readOnly: true });
}

function count(db: DatabaseSync, sql: string): number {
  return Object.values(db.prepare(sql).get()!)[0] as number;
}

/** Rows of a name and a count, in the order of another object's names. */
function table(db: DatabaseSync, sql: string, like: object): Record<string, number> {
  const rows = new Map(
    db.prepare(sql).all().map((row) => Object.values(row) as [string, number]),
  );
  return Object.fromEntries(
    [...new Set([...Object.keys(like), ...rows.keys()])].map((
      name,
    ) => [name, rows.get(name) ?? 0]),
  );
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}
