// The description of the API is a valid OpenAPI 3.1 document, as others judge it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";

test("openapi.json is valid", async () => {
  const validator = new Validator();
  const file = new URL("../../src/web/assets/openapi.json", import.meta.url).pathname;
  const { valid, errors } = await validator.validate(file);
  assert.deepEqual(errors ?? [], []);
  assert.ok(valid);
  assert.equal(validator.version, "3.1");
  assert.ok(Object.keys(validator.resolveRefs().paths).length > 7);
});
