/** Tests of the live picture that a server keeps in a real Redis, and of the one made anew. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { openLive, rebuildLive, refreshLive } from "../../cli/live.ts";
import { redisSettings } from "../../cli/redis_settings.ts";
import { openWorkspace, type Workspace } from "../../cli/workspace.ts";
import { readLivePicture } from "../../core/reports/live_picture.ts";
import { RedisError } from "../../pipeline/redis_error.ts";
import { LiveReader } from "../../pipeline/live_reader.ts";
import { RedisConnection } from "../../pipeline/redis_connection.ts";
import { makePrompt, NOON } from "../helpers/events.ts";
import { type FilledHome, filledHome } from "../helpers/filled_home.ts";
import { RedisServer, sharedRedis } from "../helpers/redis_server.ts";
import { type Machine, tempMachine, until } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { type RecordedIo, recordedIo, runHere } from "./recorded_io.ts";

const redis = sharedRedis();
const WARNING = "warning: Cannot reach Redis: nothing listens at redis.url\n";

/** A home, and what sees from outside which pictures come. */
interface Stage extends AsyncDisposable {
  readonly home: FilledHome;
  readonly io: RecordedIo;
  readonly workspace: Workspace;
  readonly reader: LiveReader;
  readonly troubles: string[];
  /** How many pictures were told of. */
  pictures(): number;
  open(): Promise<AsyncDisposable | undefined>;
}

function workspaceOf(machine: Machine, home: FilledHome, url: string) {
  const io = recordedIo(machine, [], { env: { BLUEPLANE_REDIS_URL: url }, clock: home.clock });
  const globals = { color: false, sync: true };
  return { io, workspace: openWorkspace(io, globals) };
}

async function openStage(url = redis.server.url): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const machine = stack.use(tempMachine());
  const home = stack.use(await filledHome());
  const { io, workspace } = workspaceOf(machine, home, url);
  const connection = stack.use(new RedisConnection(redisSettings(workspace)!));
  const reader = stack.use(new LiveReader(connection));
  let pictures = 0;
  await reader.subscribe(() => pictures++);
  const troubles: string[] = [];
  const held = stack.move();
  return {
    home,
    io,
    workspace,
    reader,
    troubles,
    pictures: () => pictures,
    open: () =>
      openLive(workspace, {
        db: home.db,
        onChange: home.onChange,
        onTrouble: (error) => troubles.push(String(error)),
        onRecovered: () => troubles.push("over"),
      }),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

async function prompts({ reader }: Stage): Promise<number | undefined> {
  return (await reader.read())?.periods["24h"]?.numbers.user_prompts;
}

function isAway(error: unknown): undefined {
  if (!(error instanceof RedisError)) throw error;
}

function prompt(id: string) {
  return makePrompt({ id, session: "live", at: NOON + 3_500_000 });
}

Deno.test("openLive() writes the picture at once, and again when something changed", async () => {
  await using stage = await openStage();
  const { home, reader } = stage;
  await using _live = await stage.open();
  await until("there is a picture", () => stage.pictures() === 1);
  deepEqual(await reader.read(), readLivePicture(home.db, home.clock.now()));

  home.clock.advance(500);
  await home.tell(prompt("new"));
  await until("there is another", () => stage.pictures() === 2);

  deepEqual(await reader.read(), readLivePicture(home.db, home.clock.now()));
  equal(await prompts(stage), 4);
});

Deno.test("openLive() writes one picture for many changes, two a second at most", async () => {
  await using stage = await openStage();
  const { home } = stage;
  await using _live = await stage.open();
  await until("there is a picture", () => stage.pictures() === 1);

  for (let i = 0; i < 10; i++) await home.tell(prompt(`p${i}`));
  equal(await prompts(stage), 3);
  home.clock.advance(499);
  await home.tell(prompt("p10"));
  equal(await prompts(stage), 3);
  home.clock.advance(1);
  await until("there is another", () => stage.pictures() === 2);

  equal(await prompts(stage), 14);
});

Deno.test("openLive() writes a picture a minute, when nothing changes but the time", async () => {
  await using stage = await openStage();
  const { home } = stage;
  await using _live = await stage.open();
  await until("there is a picture", () => stage.pictures() === 1);
  home.clock.advance(500);
  await stage.reader.read();

  home.clock.advance(59_999);
  await stage.reader.read();
  equal(stage.pictures(), 1);
  home.clock.advance(1);
  await until("there is another", () => stage.pictures() === 2);

  deepEqual(await stage.reader.read(), readLivePicture(home.db, home.clock.now()));
});

Deno.test("openLive() writes a last picture, when it ends", async () => {
  await using stage = await openStage();
  const { home } = stage;
  {
    await using _live = await stage.open();
    await until("there is a picture", () => stage.pictures() === 1);
    await home.tell(prompt("last"));
  }
  equal(await prompts(stage), 4);
});

Deno.test("openLive() tells once that Redis is away, and goes on when it is back", async () => {
  await using server = await RedisServer.start();
  await using stage = await openStage(server.url);
  const { home, troubles } = stage;
  await server.stop();
  await using _live = await stage.open();
  for (let round = 0; round < 3; round++) {
    await until("it is told", () => troubles.length > 0);
    home.clock.advance(60_000);
    await home.tell(prompt(`r${round}`));
  }
  deepEqual(troubles, ["RedisError: Cannot reach Redis: nothing listens at redis.url"]);

  await server.restart();
  await until("there is a picture", async () => {
    home.clock.advance(2000);
    // The connection that reads may find it later than the one that writes.
    return await prompts(stage).catch(isAway) === 6;
  });

  deepEqual(troubles.slice(1), ["over"]);
});

Deno.test("openLive() does nothing, when Redis is off", async () => {
  using machine = tempMachine();
  await using home = await filledHome();
  const { workspace } = workspaceOf(machine, home, "");
  const options = {
    db: home.db,
    onChange: home.onChange,
    onTrouble: () => {},
    onRecovered: () => {},
  };

  equal(await openLive(workspace, options), undefined);
});

Deno.test("rebuildLive() makes the picture as it was, when Redis was emptied", async () => {
  await using server = await RedisServer.start();
  await using stage = await openStage(server.url);
  const { home, workspace, reader } = stage;
  await rebuildLive(workspace, home.db);
  const before = await reader.read();
  await server.flush();
  equal(await reader.read(), undefined);

  await rebuildLive(workspace, home.db);

  deepEqual(await reader.read(), before);
});

Deno.test("rebuildLive() is refused, when Redis is off", async () => {
  using machine = tempMachine();
  await using home = await filledHome();
  const { workspace } = workspaceOf(machine, home, "");

  await rejects(rebuildLive(workspace, home.db), {
    name: "UsageError",
    message: "Cannot rebuild the live picture: Redis is off; set redis.url",
  });
});

Deno.test("refreshLive() warns and goes on, when Redis is away", async () => {
  await using server = await RedisServer.start();
  await server.stop();
  using machine = tempMachine();
  const env = { BLUEPLANE_REDIS_URL: server.url };
  const io = recordedIo(machine, [], { env });
  const workspace = openWorkspace(io, { color: false, sync: true });
  await refreshLive(workspace);
  equal(io.stderr.text, "");

  new Transcript(machine.claude).prompt();
  await runHere(machine, ["sync"]);
  await refreshLive(workspace);
  equal(io.stderr.text, WARNING);
});
