/** Tests of making one document of many files. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { aggregateFiles } from "../../../cli/team/aggregate_files.ts";
import { teamExport, TeamFolder, teamRow } from "../../helpers/team_exports.ts";

function rowsOf(prompts: number, month = "2026-03"): object[] {
  return Array.from({ length: 5 }, () => teamRow({ user_prompts: prompts, month }));
}

/** Three members, of whom the first sent two exports, and somebody else. */
function filled(folder: TeamFolder): string[] {
  return [
    teamExport({ member: 1, id: 1, exportedOn: "2026-03-20T09:00:00.000Z", rows: rowsOf(9) }),
    teamExport({ member: 1, id: 2, exportedOn: "2026-03-20T09:00:00.001Z", rows: rowsOf(1) }),
    teamExport({ member: 2, id: 3, rows: rowsOf(2) }),
    teamExport({ member: 3, id: 4, rows: rowsOf(3) }),
    teamExport({ member: null, id: 5, rows: rowsOf(4) }),
  ].map((text) => folder.add(text));
}

async function aggregated(paths: readonly string[]) {
  return await aggregateFiles(paths, 3, () => {});
}

Deno.test("aggregateFiles() counts a member's newer export in place of the older", async () => {
  using folder = new TeamFolder();

  const { parts: [part], counted, replaced, refused } = await aggregated(filled(folder));

  deepEqual([counted, replaced, refused], [4, 1, []]);
  deepEqual([part?.members, part?.exports, part?.exports_without_member], [3, 4, 1]);
  deepEqual(part?.totals?.numbers.user_prompts, { sum: 50, mean: 2.5, n: 20, members: 3 });
});

Deno.test("aggregateFiles() keeps of an older export what a newer one is not of", async () => {
  using folder = new TeamFolder();
  const older = teamExport({
    member: 1,
    id: 8,
    exportedOn: "2026-03-19",
    to: "2026-03-19",
    rows: [...rowsOf(100, "2026-02"), ...rowsOf(9, "2026-01"), ...rowsOf(50)],
  });
  const newer = teamExport({
    member: 1,
    id: 9,
    from: "2026-02-01",
    to: "2026-03-01",
    rows: rowsOf(10, "2026-02"),
  });
  const others = filled(folder).slice(2, 4);

  const { parts: [part] } = await aggregated([
    folder.add(newer),
    ...others,
    folder.add(older),
  ]);

  // Of the first member 45 in January, 50 in February, 250 in March.
  equal(part?.totals?.numbers.user_prompts?.sum, 45 + 50 + 250 + 10 + 15);
});

Deno.test("aggregateFiles() adds up nothing that was chosen by other filters", async () => {
  using folder = new TeamFolder();
  const filters = { platform: "cursor" };
  const [whole, parts] = [undefined, filters].map((chosen) =>
    [1, 2, 3].map((member) =>
      folder.add(teamExport({ member, id: member, rows: rowsOf(member), filters: chosen }))
    )
  );
  const alone = folder.add(teamExport({ id: 7, filters: { project: true } }));

  const mixed = await aggregated([parts![0]!, ...whole!, alone]);
  const all = await aggregated(parts!);

  deepEqual(mixed.refused, [
    { place: 0, reason: "it was exported with other filters than the rest" },
    {
      place: 4,
      reason: "it is of one project or session alone; export without that filter",
    },
  ]);
  deepEqual([mixed.scope, mixed.counted, all.scope, all.counted], [{}, 3, filters, 3]);
  deepEqual(mixed.parts, all.parts);
});

Deno.test("aggregateFiles() says the same in whatever order, and of copies", async () => {
  using folder = new TeamFolder();
  const paths = filled(folder);
  const copies = paths.map((path) => folder.add(Deno.readTextFileSync(path)));

  const once = await aggregated(paths);
  const twice = await aggregated([...copies, ...paths.toReversed()]);

  deepEqual(twice.parts, once.parts);
  deepEqual([twice.counted, twice.replaced], [4, 6]);
});

Deno.test("aggregateFiles() names what it cannot take, and goes on", async () => {
  using folder = new TeamFolder();
  const paths = filled(folder);
  const cut = teamExport({ member: 1, id: 9, exportedOn: "2026-03-21" }).slice(0, -9);
  const late = teamExport({ member: 1, id: 8, rows: rowsOf(1, "2026-06") });

  const { parts, refused } = await aggregated([folder.add(cut), ...paths, folder.add(late)]);

  deepEqual(refused, [
    { place: 0, reason: "it is cut off or broken" },
    { place: 6, reason: "it is cut off or broken" },
  ]);
  equal(parts[0]?.totals?.numbers.user_prompts?.sum, 50);
});

Deno.test("aggregateFiles() keeps kinds of exports apart", async () => {
  using folder = new TeamFolder();
  const days = [1, 2, 3].map((member) =>
    folder.add(
      teamExport({ what: "metrics", member, id: 10 + member, rows: [teamRow({ sessions: 3 })] }),
    )
  );

  const { parts } = await aggregated([...filled(folder), ...days]);

  deepEqual(parts.map(({ what, members }) => [what, members]), [["sessions", 3], ["metrics", 3]]);
  deepEqual(parts[1]?.totals?.numbers.sessions, { sum: null, mean: 3, n: 3, members: 3 });
});

Deno.test("aggregateFiles() ends when a file changes meanwhile", async () => {
  using folder = new TeamFolder();
  const paths = filled(folder);

  await rejects(
    aggregateFiles(paths, 3, (done) => {
      if (done === paths.length) Deno.writeTextFileSync(paths[3]!, "{");
    }),
    /a file changed while it was read/,
  );
});
