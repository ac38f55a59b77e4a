/** Tests of putting a restored folder in place, killed at every step. */

import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { finishRestore, putInPlace } from "../../../cli/backup/put_in_place.ts";
import { makeStage } from "../../../cli/backup/stage.ts";
import { takeHomeLock } from "../../../cli/home_lock.ts";
import { type Home, homeAt, makeHome } from "../../../core/home.ts";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { filesIn } from "./backup_stage.ts";

const OLD = {
  "telemetry.db": "old",
  "telemetry.db-wal": "old log",
  "config.json": "old",
  "spool/a": "old",
  "install.key": "key",
  "archive/platform=a/month=2026-01/part-000001.parquet": "old",
};
const NEW = {
  "telemetry.db": "new",
  "prices.json": "new",
  "spool/b": "new",
  "archive/platform=a/month=2026-02/part-000001.parquet": "new",
};
const STEPS = ["renameSync", "removeSync", "mkdirSync"] as const;

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    Deno.writeTextFileSync(path, text);
  }
}

function prepare(machine: Machine): { home: Home; stage: string } {
  const home = homeAt(machine.home);
  makeHome(home);
  write(home.path, OLD);
  using stage = makeStage(home, "restore", Date.now());
  write(stage.path, NEW);
  stage.keep();
  return { home, stage: stage.name };
}

/** All that is not on its way, nor locked. */
function namesIn(home: Home): string[] {
  return Object.keys(filesIn(home.path)).filter((name) => !/^tmp\/|\.lock$/.test(name)).sort();
}

/** Lets the nth call of what changes a folder fail, as a killed process makes no more of them. */
function failAfter(nth: number): Disposable & { hasFired(): boolean } {
  const real = STEPS.map((name) => Deno[name]);
  let left = nth;
  STEPS.forEach((name, i) => {
    Object.assign(Deno, {
      [name]: (...given: unknown[]) => {
        if (--left <= 0) throw new Error("Cannot go on: the process is killed");
        return (real[i] as (...given: unknown[]) => void)(...given);
      },
    });
  });
  return {
    hasFired: () => left <= 0,
    [Symbol.dispose]: () => STEPS.forEach((name, i) => Object.assign(Deno, { [name]: real[i] })),
  };
}

Deno.test("putInPlace() replaces all that a backup has, and leaves the rest", () => {
  using machine = tempMachine();
  const { home, stage } = prepare(machine);

  putInPlace(home, stage, Object.keys(NEW));

  deepEqual(namesIn(home), [...Object.keys(NEW), "install.key"].sort());
  equal(Deno.readTextFileSync(home.database), "new");
  deepEqual([...Deno.readDirSync(home.temporary)], []);
});

Deno.test("finishRestore() leaves what was, or what is to be, wherever it was killed", () => {
  let old = 0;
  for (let nth = 1, hasFired = true; hasFired; nth++) {
    using machine = tempMachine();
    const { home, stage } = prepare(machine);
    {
      using kill = failAfter(nth);
      try {
        putInPlace(home, stage, Object.keys(NEW));
      } catch (error) {
        ok(kill.hasFired(), String(error));
      }
      hasFired = kill.hasFired();
    }

    finishRestore(home);

    const isNew = Deno.readTextFileSync(home.database) === "new";
    if (!isNew) old++;
    const names = namesIn(home).filter((name) => !name.endsWith(".tmp"));
    deepEqual(
      names,
      isNew ? [...Object.keys(NEW), "install.key"].sort() : Object.keys(OLD).sort(),
      `killed at ${nth}`,
    );
  }
  ok(old >= 1);
});

Deno.test("finishRestore() waits for who is at it, and refuses a note of others", () => {
  using machine = tempMachine();
  const { home, stage } = prepare(machine);
  finishRestore(home);
  const note = (text: unknown) => Deno.writeTextFileSync(home.restore, JSON.stringify(text));
  note({ stage, files: Object.keys(NEW) });
  {
    using _lock = takeHomeLock(home);
    throws(() => finishRestore(home), /a backup is being restored into it/);
  }
  for (const bad of [{}, { stage: "../x", files: [] }, { stage, files: ["../x"] }]) {
    note(bad);
    throws(() => finishRestore(home), /its note is damaged/);
  }
  equal(Deno.readTextFileSync(home.database), "old");
});

Deno.test("putInPlace() writes through no link", () => {
  using machine = tempMachine();
  const { home, stage } = prepare(machine);
  Deno.removeSync(`${home.path}/spool`, { recursive: true });
  Deno.mkdirSync(`${machine.path}/elsewhere`);
  Deno.symlinkSync(`${machine.path}/elsewhere`, `${home.path}/spool`);

  putInPlace(home, stage, Object.keys(NEW));

  deepEqual([...Deno.readDirSync(`${machine.path}/elsewhere`)], []);
  equal(Deno.readTextFileSync(`${home.path}/spool/b`), "new");
});
