/** Tests of whose questions a server answers as they would themselves. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { answerNote, answerProof, answersAlike } from "../../cli/answer_note.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo } from "./recorded_io.ts";

const KEY = new Uint8Array(32).fill(1), OTHER = new Uint8Array(32).fill(2);
const VARIABLES = ["FOLDER_A", "FOLDER_B"];

Deno.test("answersAlike() says so of who looks into the same folders, and of nobody else", () => {
  using machine = tempMachine();
  const ioOf = (env: Record<string, string | undefined>) => recordedIo(machine, [], { env });
  const note = answerNote(ioOf({ FOLDER_A: "/a" }), KEY, VARIABLES);
  const isAlike = (env: Record<string, string | undefined>) => answersAlike(ioOf(env), KEY, note);

  ok(isAlike({ FOLDER_A: "/a" }));
  ok(isAlike({ FOLDER_A: "/a", FOLDER_B: "", FOLDER_C: "/c" }));
  equal(isAlike({}), false);
  equal(isAlike({ FOLDER_A: "/b" }), false);
  equal(isAlike({ FOLDER_B: "/a" }), false);
  equal(isAlike({ FOLDER_A: "/a", HOME: "/elsewhere", USERPROFILE: "/elsewhere" }), false);
});

Deno.test("answersAlike() says no of a home with another key", () => {
  using machine = tempMachine();
  const io = recordedIo(machine, []), note = answerNote(io, KEY, VARIABLES);

  deepEqual([answersAlike(io, KEY, note), answersAlike(io, OTHER, note)], [true, false]);
});

Deno.test("answerProof() is another for each challenge, process and key", () => {
  const proofs = [
    answerProof(KEY, 7, "aa"),
    answerProof(KEY, 7, "bb"),
    answerProof(KEY, 8, "aa"),
    answerProof(OTHER, 7, "aa"),
  ];

  deepEqual([new Set(proofs).size, answerProof(KEY, 7, "aa")], [4, proofs[0]]);
});
