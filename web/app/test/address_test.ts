import assert from "node:assert/strict";
import { test } from "node:test";
import { formatAddress, parseAddress } from "../src/core/address.ts";

test("an address comes back as it went", () => {
  const parameters = { between: "PRT,ISL", by: "Ş. Öztürk & co", span: "12-30", id: "org:eu" };
  const address = formatAddress("events", parameters);
  assert.deepEqual(parseAddress(address), { view: "events", parameters });
});

test("one state has one address: sorted, without what is empty", () => {
  assert.equal(formatAddress("ledger", { stage: "", sector: "energy", between: "PRT,ISL", open: null }), "#/ledger?between=PRT,ISL&sector=energy");
  assert.equal(formatAddress("overview"), "#/overview");
});

test("odd addresses lead to the overview, not to an error", () => {
  for (const hash of ["", "#", "#/", "#/<script>", "#//?a=b", "#/%00"]) assert.equal(parseAddress(hash).view, "overview");
  assert.equal(parseAddress("#/read?doc=%E0%A4%A&x").view, "read"); // broken escapes are no exception
  assert.equal(Object.getPrototypeOf(parseAddress("#/read?__proto__=1").parameters), Object.prototype);
});
