import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './load.mjs';

const {groupNotice, listed} = await load('ui/group_notices.ts');
const {reachabilityWords, standingWords, troubleWords} = await load('ui/member_words.ts');

const ACTIONS = {copyLink() {}, openPeople() {}, openVerification() {}, rejoin() {}};
const QUIET = {state: 'in', heardByOthers: true, settings: {mediaEncrypted: true}, switched: null, notLetBack: false, linkIsNew: false, apart: null, requests: new Map(), code: null, removals: [], trouble: null};
const shown = (change, now = 0, open = false) => groupNotice({...QUIET, ...change}, ACTIONS, now, open)?.kind ?? null;

test('nothing is said while all is well', () => assert.equal(shown({}), null));

test('the most urgent thing is said, and the next when that is over', () => {
  const all = {
    state: 'rejoining', heardByOthers: false, settings: {mediaEncrypted: false}, notLetBack: true, linkIsNew: true, apart: {stays: false, dismissed: false}, requests: new Map([['e', {name: 'Cem'}]]),
    code: {same: null}, removals: ['Ben'], trouble: {code: 'busy', at: 0},
  };
  const order = [];
  for (const name of ['state', 'heardByOthers', 'settings', 'notLetBack', 'linkIsNew', 'apart', 'requests', 'code', 'removals', 'trouble']) {
    order.push(shown(all));
    all[name] = QUIET[name];
  }
  assert.deepEqual(order, ['rejoining', 'unheard', 'insecure', 'not-let-back', 'link-changed', 'apart', 'request', 'code', 'removal', 'trouble']);
});

test('a separate call is said on both sides, until it is read; only one side is asked to come over', () => {
  let came = 0, read = 0;
  const notice = (apart) => groupNotice({...QUIET, apart, dismissApart: () => read++}, {...ACTIONS, rejoin: () => came++}, 0, false);
  const goes = notice({stays: false, dismissed: false});
  assert.match(goes.text, /separate call/);
  assert.equal(goes.action.label, 'Rejoin');
  goes.action.run();
  const stays = notice({stays: true, dismissed: false});
  assert.match(stays.text, /asked to come over to this one/);
  assert.equal(stays.action, undefined);
  stays.dismiss();
  assert.deepEqual([came, read], [1, 1]);
  assert.equal(notice({stays: true, dismissed: true}), null);
});

test('encryption that is off is said, by whom, for as long as it is; that it is on again, for a while', () => {
  const switched = (by, on) => ({settings: {mediaEncrypted: on, moderator: false}, switched: {by, on, at: 1000}});
  const notice = (change, now) => groupNotice({...QUIET, ...change}, ACTIONS, now, false);
  assert.match(notice({settings: {mediaEncrypted: false, moderator: false}}, 0).text, /^Encryption is off in this room: the server can hear/);
  assert.match(notice(switched('Ben', false), 1e9).text, /^Ben switched encryption off: the server can hear and see/);
  assert.equal(notice(switched('Ben', false), 0).action, undefined);
  assert.equal(notice({...switched('Ben', false), settings: {mediaEncrypted: false, moderator: true}}, 0).action.label, 'Switch it on');
  assert.equal(notice(switched('Ben', true), 5000).text, 'Ben switched encryption on again.');
  assert.equal(notice(switched('Ben', true), 10_000), null);
});

test('trouble is spoken of for a while, and only where a person can act on it', () => {
  assert.equal(shown({trouble: {code: 'busy', at: 1000}}, 5000), 'trouble');
  assert.equal(shown({trouble: {code: 'busy', at: 1000}}, 10_000), null);
  assert.equal(shown({trouble: {code: 'commit-refused', at: 1000}}, 1000), null);
  assert.ok(troubleWords('something-new'));
});

test('a code that lies open, or has been compared, is not pointed at', () => {
  assert.equal(shown({code: {same: null}}, 0, true), null);
  assert.equal(shown({code: {same: true}}), null);
  assert.equal(shown({code: {same: false}}), null);
});

test('names are listed as people say them, and a crowd is not', () => {
  assert.deepEqual([[], ['Ann'], ['Ann', 'Ben'], ['Ann', 'Ben', 'Cem']].map(listed), ['', 'Ann', 'Ann and Ben', 'Ann, Ben and Cem']);
  assert.equal(listed(['a', 'b', 'c', 'd', 'e', 'f']), 'a, b, c and 3 more');
});

test('only what is wrong is a warning, and every warning says what it means', () => {
  assert.equal(reachabilityWords('present', true), null);
  for (const words of [reachabilityWords('unconfirmed', true), reachabilityWords('unreachable', true), reachabilityWords('present', false), standingWords('changed')]) {
    assert.equal(words.tone, 'warn');
    assert.ok(words.meaning);
  }
  assert.deepEqual(['new', 'pinned', 'verified'].map((standing) => standingWords(standing).tone), ['plain', 'plain', 'good']);
});
