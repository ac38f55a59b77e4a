/** Tests of `core/reports/session_sums.ts`: many sessions at once say what each says alone. */

import assert from "node:assert/strict";
import { readSessionExtensions, readSessionSums } from "../../../core/reports/session_sums.ts";
import { readWords } from "../../../core/words.ts";
import { branchedStory } from "../../helpers/branched_story.ts";
import { type FilledHome, filledHome, knownEvents } from "../../helpers/filled_home.ts";

Deno.test("readSessionSums() reads each session apart", async () => {
  await using home = await filledHome();
  const [alpha, beta] = ["alpha", "beta"].map((id) => numberOf(home, id));

  const sums = readSessionSums(home.db, [beta!, alpha!], readWords(home.db));

  assert.deepEqual([...sums.keys()], [beta, alpha]);
  assert.deepEqual([...sums.get(beta!)!.tools!.keys()].sort(), ["Edit", "Read"]);
  assert.equal(sums.get(beta!)!.inputs!.queued_prompts, 1);
  assert.equal(sums.get(alpha!)!.sessions, 1);
});

Deno.test("readSessionSums() says of many what it says of each alone", async () => {
  await using home = await filledHome([...knownEvents(), ...branchedStory()]);
  const words = readWords(home.db);
  const numbers = home.db.prepare("select id from sessions order by id desc").all()
    .map(({ id }) => id as number);

  const alone = numbers.map((number) => [...readSessionSums(home.db, [number], words)][0]!);

  assert.ok(numbers.length > 3);
  assert.deepEqual([...readSessionSums(home.db, numbers, words)], alone);
});

Deno.test("readSessionSums() knows nothing of a session that is not there", async () => {
  await using home = await filledHome();

  const { tools, agents, hunks, rewound, activity, untold } = readSessionSums(
    home.db,
    [999],
    readWords(home.db),
  ).get(999)!;

  assert.deepEqual([tools!.size, agents, hunks, rewound], [0, 0, null, null]);
  assert.deepEqual([activity!.durationMs, activity!.files.size, untold!.sessions], [0, 0, 0]);
});

Deno.test("readSessionExtensions() reads calls by the kind of their file", async () => {
  await using home = await filledHome();
  const number = numberOf(home, "alpha"), words = readWords(home.db);

  const extensions = readSessionExtensions(home.db, number, words);

  assert.ok(extensions.size > 0);
  assert.ok(extensions.keys().every((name) => !/^[A-Z]/.test(name)));
});

function numberOf(home: FilledHome, session: string): number {
  const row = home.db.prepare("select id from sessions where session_id = ?").get(session);
  return row!.id as number;
}
