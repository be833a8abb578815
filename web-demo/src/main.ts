// Where the page begins: the address says whether it is the start page or a room.

import {Call} from './call/call.js';
import {exposeForTests} from './debug.js';
import {keysOf, parseLocation} from './link.js';
import {captureFromQuery} from './media/capture.js';
import {codecFromQuery} from './media/codecs.js';
import {LocalMedia} from './media/local_media.js';
import {Loudspeakers} from './media/loudspeakers.js';
import {browserStorage, readPreferences, writePreferences} from './media/preferences.js';
import {callPage} from './pages/call_page.js';
import {endPage, failurePage} from './pages/end_page.js';
import {lobbyPage} from './pages/lobby_page.js';
import type {Page} from './pages/lobby_page.js';
import {startPage} from './pages/start_page.js';
import {addressWithoutToken, recallToken, rememberToken, tabStorage, tokenOf} from './token.js';
import type {Environment, Socket} from './signaling/client.js';
import {Announcer} from './ui/announcer.js';
import {signalingAddress} from './signaling/address.js';

const environment: Environment = {
  openSocket: () => {
    const socket = new WebSocket(signalingAddress(), 'sotto.v1');
    socket.binaryType = 'arraybuffer';
    return socket as Socket;
  },
  setTimer(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
  now: () => performance.now(),
  random: () => Math.random(),
};

function start(): void {
  const root = document.getElementById('app')!;
  const link = parseLocation(location.pathname, location.hash);
  // The fragment is part of what we are: another one is another room.
  window.addEventListener('hashchange', () => location.reload());
  if (!link || !link.fragment) {
    return startPage(root, (address) => location.assign(address), link !== null);
  }
  openRoom(root, link.room, link.fragment, takeToken(link.room));
}

/** That of the address, or the one that this tab came with before it was loaded again. */
function takeToken(room: string): string | null {
  const storage = tabStorage();
  const token = tokenOf(location);
  if (token === null) return recallToken(storage, room);
  if (rememberToken(storage, room, token)) history.replaceState(history.state, '', addressWithoutToken(location));
  return token;
}

function openRoom(root: HTMLElement, room: string, fragment: string, token: string | null): void {
  const storage = browserStorage();
  const preferences = readPreferences(storage);
  const local = new LocalMedia(preferences, captureFromQuery(location.search));
  const call = new Call({
    room, fragment, token, keys: keysOf(location.search), codec: codecFromQuery(location.search), environment,
  }, local);
  const loudspeakers = new Loudspeakers(preferences.speaker);
  const announcer = new Announcer();
  document.body.append(announcer.element);
  call.on('announce', (text) => announcer.say(text));
  call.on('slot', ({slot, track}) => track.kind === 'audio' && loudspeakers.add(slot, track));
  call.on('fresh', () => loudspeakers.clear());

  let page: Page = lobbyPage(root, call, (id) => loudspeakers.setSink(id));
  let inCall = false;
  call.on('change', () => {
    if (call.phase === 'failed') {
      page.close();
      failurePage(root, call.failure ?? '');
    } else if (call.phase === 'in-call' && !inCall) {
      inCall = true;
      writePreferences(storage, preferences);
      page.close();
      page = callPage(root, call, loudspeakers, announcer);
    }
  });
  // The old link admits nobody: a reload, and whoever is sent this one, comes in by the new.
  call.on('linkChanged', (link) => history.replaceState(history.state, '', `#${link}`));
  call.on('ended', (reason) => {
    writePreferences(storage, preferences);
    page.close();
    endPage(root, reason, room);
  });
  window.addEventListener('online', () => call.session?.client.checkNow());
  window.addEventListener('pagehide', () => call.leaveAtOnce());
  exposeForTests(call);
  void local.start();
  void call.prepare();
}

start();
