/** Drives `pipeline/sqlite_broker.ts` beside the model of brokers. */

import { openWriter } from "../../core/open_writer.ts";
import { SqliteBroker } from "../../pipeline/sqlite_broker.ts";
import { checkModel, type ModelledBroker } from "../helpers/broker_model.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempDatabase } from "./temp_database.ts";

const LEASE_MS = 1000;

Deno.test("SqliteBroker() keeps its contract, whatever the order of calls", async () => {
  await checkModel(openModelled, fcRuns(80));
});

async function openModelled(): Promise<ModelledBroker> {
  const folder = tempDatabase();
  const clock = new VirtualClock(0);
  let db = openWriter(folder.path);
  const join = () => {
    const stream = "telemetry:events", group = "processors", leaseMs = LEASE_MS;
    return new SqliteBroker({ db, clock, stream, group, leaseMs });
  };
  let broker = join();
  return {
    get broker() {
      return broker;
    },
    leaseMs: LEASE_MS,
    passTime: async (ms) => clock.advance(ms),
    crash: async () => {
      db.close();
      db = openWriter(folder.path);
      broker = join();
    },
    [Symbol.asyncDispose]: async () => {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}
