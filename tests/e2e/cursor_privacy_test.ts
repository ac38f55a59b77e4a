/** The canary in Cursor's databases: nothing that people and assistants wrote gets out of them. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { plant, textPlaces } from "../capture/cursor/canaries.ts";
import { makeState, type PlainRow } from "../helpers/cursor_databases.ts";
import { runBinary, startServe, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Findings } from "./findings.ts";

const source = decodeURIComponent(
  new URL(
    "../../../shared/corpus/cursor/scrubbed-2026-08/User/globalStorage/state.vscdb",
    import.meta.url,
  ).pathname,
);
const MARKED = "QZ@7X canary";
/** What the client itself wrote and what events hang on; a row without it tells nothing. */
const STRUCTURE = new RegExp(
  "/(composerId|bubbleId|createdAt|name|status|toolCallId|type|unifiedMode|modelName|" +
    "selectedOption|date)$",
);
const PAGES = ["/", "/?period=all", "/api/v1/metrics?period=all", "/api/v1/sessions?limit=100"];
const REPORTS: readonly (readonly string[])[] = [
  ["sync", "--json"],
  ["metrics", "-p", "all"],
  ["metrics", "-p", "all", "--group-by", "tool", "--json"],
  ["sessions", "-n", "0", "--json", "--debug"],
  ["insights", "-n", "0"],
  ["doctor"],
  ["dlq", "list", "--json"],
];

/** Every row of a real database, with a marker in each text that is content. */
function markedRows(): PlainRow[] {
  using db = new DatabaseSync(source, { readOnly: true });
  const rows = db.prepare(
    `select key, value from cursorDiskKV where value is not null
       and (key like 'composerData:%' or key like 'bubbleId:%')
     union all select key, value from ItemTable where key = 'composer.composerHeaders'`,
  ).all() as { key: string; value: string }[];
  return rows.map(({ key, value }) => {
    const json = JSON.parse(value);
    const places = [...textPlaces(json)].filter((place) => !STRUCTURE.test(place));
    return [key, JSON.stringify(plant(json, new Set(places)))];
  });
}

// Goal: nothing of a database but what CONTRACT allows is kept or shown. Method: markers stand in
// every text of a real one and in keys that nobody may read; a server, a killed one and every
// report go through it; then no byte anywhere holds a marker.
Deno.test("blueplane keeps and shows nothing that is written in Cursor's databases", async () => {
  using machine = tempMachine();
  const findings = new Findings();
  const user = `${machine.path}/cursor`;
  const rows = markedRows();
  makeState(`${user}/globalStorage/state.vscdb`, [
    ...rows,
    ["cursorAuth/accessToken", MARKED],
    ["secret://extension", MARKED],
    ["history.entries", JSON.stringify([MARKED])],
    ["aiService.prompts", JSON.stringify([{ text: MARKED, commandType: 4 }])],
    [`composerData:${MARKED}`, JSON.stringify({ composerId: MARKED, name: MARKED })],
    ["composerData:cut", `{"text": "${MARKED}`],
    ["bubbleId:cut", MARKED],
  ]);
  const env = { ...machine.env, BLUEPLANE_CURSOR_USER_DIR: user };
  const marked = { ...machine, env };

  const { server, url } = await startServe(marked);
  {
    await using _server = server;
    await until("all is read", async () => {
      const { coverage } = await (await fetch(`${url}/api/v1/metrics`)).json();
      return coverage.files_total > 0 && coverage.files_done === coverage.files_total;
    });
    for (const page of PAGES) findings.look(page, await (await fetch(url + page)).text());
    await server.stop("SIGKILL");
    findings.look("serve", server.stdout + server.stderr);
  }
  for (const args of REPORTS) {
    const { code, stdout, stderr } = await runBinary(marked, args);
    equal(code, 0, `${args.join(" ")}: ${stderr}`);
    findings.look(args.join(" "), stdout + stderr);
  }

  findings.lookAtFiles(machine.home);
  const events = findings.lookAtBlocks(machine.home);
  deepEqual(findings.found, []);
  ok(rows.length > 100 && events > 100, `${rows.length} rows, ${events} events`);
});
