/**
 * A worker that asks for the keys of many homes at the same moments as its rival: it is sent the
 * homes and shared memory with a number for each of them, and answers with the keys as text.
 */

import { homeAt, readKey } from "../../core/home.ts";

/** What the worker is sent. */
export interface Race {
  readonly homes: readonly string[];
  readonly racers: number;
  /** As many 32-bit numbers as there are homes, all 0. */
  readonly arrived: SharedArrayBuffer;
}

interface WorkerScope {
  onmessage: (message: MessageEvent<Race>) => void;
  postMessage(keys: readonly string[]): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.onmessage = ({ data: { homes, racers, arrived } }) => {
  const numbers = new Int32Array(arrived);
  scope.postMessage(homes.map((home, i) => {
    Atomics.add(numbers, i, 1);
    while (Atomics.load(numbers, i) < racers);
    return readKeyAsText(home);
  }));
};

function readKeyAsText(home: string): string {
  try {
    return String(readKey(homeAt(home), true));
  } catch (error) {
    return String(error);
  }
}
