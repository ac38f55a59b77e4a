/** Tests of the seal on whose an export is. */

import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { MemberSeal, SEALED_MEMBER_SHAPE } from "../../../cli/team/member_seal.ts";

const MEMBER = { id: "0123456789abcdef".repeat(2), exportedAt: 1_774_000_000_123 };

Deno.test("MemberSeal.seal() makes another text each time, and the key opens all", () => {
  const seal = new MemberSeal("Schlüssel des Teams");
  const [one, other] = [seal.seal(MEMBER), seal.seal(MEMBER)];

  match(one, SEALED_MEMBER_SHAPE);
  notEqual(one, other);
  // The key may be typed with its dots apart.
  const typed = new MemberSeal("Schlüssel des Teams".normalize("NFD"));
  deepEqual([typed.open(one), typed.open(other)], [MEMBER, MEMBER]);
  equal(new MemberSeal("another key").open(one), undefined);
});

Deno.test("MemberSeal.open() opens nothing of which a digit was changed", () => {
  const seal = new MemberSeal("a team's key"), sealed = seal.seal(MEMBER);

  for (let i = 0; i < sealed.length; i++) {
    const digit = sealed[i] === "0" ? "1" : "0";
    equal(seal.open(sealed.slice(0, i) + digit + sealed.slice(i + 1)), undefined);
  }
});

Deno.test("MemberSeal.idOf() makes another id for each installation and team", () => {
  const [one, other] = [new MemberSeal("a team's key"), new MemberSeal("another key")];
  const keys = [1, 2].map((byte) => new Uint8Array(32).fill(byte));

  const ids = [one, other].flatMap((seal) => keys.map((key) => seal.idOf(key)));

  ok(ids.every((id) => /^[0-9a-f]{32}$/.test(id)));
  equal(new Set(ids).size, 4);
});
