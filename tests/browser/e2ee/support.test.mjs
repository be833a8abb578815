// What a browser must have, by what is taken away from it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { detectSupport } from './inside.mjs';

globalThis.Worker ??= class {};
globalThis.RTCRtpScriptTransform ??= class {};

test('a browser whose WebAssembly has vectors is supported', () => {
  assert.equal(detectSupport(), 'script-transform');
});

test('a browser whose WebAssembly has no vectors is not supported', (t) => {
  const asked = t.mock.method(WebAssembly, 'validate', (module) => {
    assert.ok(new WebAssembly.Module(module), 'it is asked about a module that is sound where there are vectors');
    return false;
  });
  assert.equal(detectSupport(), null);
  assert.equal(asked.mock.callCount(), 1);
});
