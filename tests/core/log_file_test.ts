/** Tests of the log: what may stand in it, how long it gets, and who may read it. */

import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { LOG, LogFile, parseLog, readLog, readOlderLogs, safeText } from "../../core/log_file.ts";
import { systemClock } from "../../core/clock.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

function tempLog() {
  const folder = Deno.makeTempDirSync({ prefix: "blueplane_test_" });
  return {
    path: `${folder}/serve.log`,
    folder,
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}

Deno.test("LogFile.write() writes a line with its time, for its owner alone", () => {
  using log = tempLog();
  const clock = { ...systemClock, now: () => Date.parse("2026-03-01T12:00:00.123Z") };
  new LogFile(log.path, clock).write("start", "blueplane 0.1.0, pid 7");
  equal(
    Deno.readTextFileSync(log.path),
    "2026-03-01T12:00:00.123Z start blueplane 0.1.0, pid 7\n",
  );
  if (Deno.build.os !== "windows") equal(Deno.statSync(log.path).mode! & 0o777, 0o600);
  deepEqual(readLog(log.path), [
    { timestamp: "2026-03-01T12:00:00.123Z", level: "start", text: "blueplane 0.1.0, pid 7" },
  ]);
});

Deno.test("LogFile.write() begins anew at its size, and keeps the last two before", () => {
  using log = tempLog();
  const file = new LogFile(log.path, systemClock, 200);
  for (let number = 0; number < 100; number++) file.write("note", `line ${number}`);
  const sizes = [...Deno.readDirSync(log.folder)].map(({ name }) =>
    Deno.statSync(`${log.folder}/${name}`).size
  );
  equal(sizes.length, 1 + LOG.kept);
  ok(sizes.every((size) => size <= 200), String(sizes));
  const kept = readLog(log.path).map(({ text }) => Number(text.replace("line ", "")));
  ok(kept.length > 6);
  deepEqual(kept, Array.from(kept, (_, i) => 100 - kept.length + i));
  ok(readOlderLogs(log.path).length < kept.length);
});

Deno.test("LogFile.write() holds up nothing, when it cannot write", () => {
  using log = tempLog();
  new LogFile(`${log.folder}/gone/serve.log`, systemClock).write("note", "unheard");
  deepEqual(readLog(`${log.folder}/gone/serve.log`), []);
});

Deno.test("parseLog() passes over lines that broke off, and what is none", () => {
  const line = "2026-03-01T12:00:00.123Z note all is well";
  deepEqual(parseLog(`${line}\n2026-03-01T12:00\n\nnonsense\n`).map(({ text }) => text), [
    "all is well",
  ]);
});

Deno.test("safeText() keeps our own words, numbers and address", () => {
  for (
    const text of [
      "Blueplane is at http://127.0.0.1:7531",
      "Blueplane is at http://[::1]:7531",
      "Cannot reach Redis: it does not answer; trying again",
      "Cannot listen on 127.0.0.1:7531: the port is in use; choose --port 0",
    ]
  ) equal(safeText(text), text);
});

Deno.test("safeText() ends before the first word that could be private", () => {
  const cut = {
    "Cannot read a file (/home/ada/my code/x.ts)": "Cannot read a file",
    "Cannot find the folder of Claude Code (ada's folder)":
      "Cannot find the folder of Claude Code",
    "No such file or directory: open '/home/ada lovelace/x'": "No such file or directory: open …",
    "Access is denied: C:\\Users\\Ada Lovelace\\x": "Access is denied: …",
    "Cannot ask ada@example.org today": "Cannot ask …",
    "Cannot open https://example.org/x": "Cannot open …",
  };
  for (const [text, safe] of Object.entries(cut)) equal(safeText(text), safe);
});

Deno.test("safeText() gives one line of bounded length without a path, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 1000 }), (text) => {
      const safe = safeText(text).replaceAll(/http:\/\/(127\.0\.0\.1|\[::1\]):\d+/g, "");
      ok(!/[/\\@\n]/.test(safe) && safe.length <= 401, safe);
    }),
    fcRuns(),
  );
});
