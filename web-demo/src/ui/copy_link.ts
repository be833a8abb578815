// Copying the room's link: to the clipboard, or to the phone's own share sheet.

import {keysOf} from '../link.js';
import {splitHash} from '../token.js';
import type {Announcer} from './announcer.js';
import {h, setText} from './dom.js';
import {icon, setIcon} from './icons.js';

const SAID_MS = 2000;

export function copyLinkButton(announcer: Announcer, className: string, testid: string): HTMLButtonElement {
  const caption = h('span', {class: 'control-label', text: 'Copy link'});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (ok: boolean) => {
    setText(caption, ok ? 'Copied' : 'Copy it from the address bar');
    setIcon(button, ok ? 'check' : 'link');
    announcer.say(ok ? 'The link is copied.' : 'The link could not be copied. Copy it from the address bar.');
    clearTimeout(timer);
    timer = setTimeout(() => {
      setText(caption, 'Copy link');
      setIcon(button, 'link');
    }, SAID_MS);
  };
  const button = h('button', {
    class: className, type: 'button', testid, title: 'Copy the link to this room',
    onclick: () => void copy(roomAddress()).then(say),
  }, icon('link'), caption);
  return button;
}

/** Without a button to say so: it is announced. */
export async function copyRoomLink(announcer: Announcer): Promise<boolean> {
  const ok = await copy(roomAddress());
  announcer.say(ok ? 'The link is copied.' : 'The link could not be copied. Copy it from the address bar.');
  return ok;
}

/** Without the switches that are for tests only, and without a token of one's own; which keys the room has is part of it. */
function roomAddress(): string {
  return `${location.origin}${location.pathname}${keysOf(location.search) === 'link' ? '?keys=link' : ''}#${splitHash(location.hash).fragment}`;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

/** Pages without https have no clipboard interface. */
function copyOldWay(text: string): boolean {
  const area = h('textarea', {class: 'visually-hidden', 'aria-hidden': 'true'});
  area.value = text;
  document.body.append(area);
  area.select();
  const ok = document.execCommand('copy');
  area.remove();
  return ok;
}
