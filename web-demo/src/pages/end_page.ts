// After a call: why it ended, and the way back.

import type {CallEnd} from '../call/call.js';
import {TOKEN_WORDS} from './token_words.js';
import {brand} from '../ui/brand.js';
import {h} from '../ui/dom.js';

const WORDS: Record<CallEnd, {title: string; text: string}> = {
  left: {title: 'You left the call', text: 'Your camera and microphone are off.'},
  shutdown: {title: 'The call has ended', text: 'The server is being shut down or restarted. You can try to join again.'},
  replaced: {title: 'You joined somewhere else', text: 'Your place in the call was taken over by another window or tab of this browser.'},
  timeout: {title: 'The connection was lost', text: 'The server has not heard from you for too long. You can join again.'},
  'room-full': {title: 'The room is full', text: 'No more people fit into this call. Try again when somebody has left.'},
  version: {title: 'Please reload the page', text: 'The server has been updated and this page is too old for it.'},
  kicked: {
    title: 'You were removed from the call',
    text: 'A moderator has removed you. Your link lets nobody in any more, and what is said from now on cannot be opened in this browser.',
  },
  'taken-over': {title: 'You joined somewhere else', text: 'This browser has joined the same room in another window, so this one has left it.'},
  failed: {title: 'Encryption has stopped working', text: 'So that nothing is sent without it, you have left the call. Reload the page and join again.'},
  ...TOKEN_WORDS,
  refused: {title: 'The server did not let you in', text: 'Reload the page and try again.'},
};

export function endPage(root: HTMLElement, reason: CallEnd, room: string): void {
  const {title, text} = WORDS[reason];
  const heading = h('h1', {text: title, tabindex: -1});
  root.replaceChildren(h('main', {class: 'start end', testid: 'ended', 'data-reason': reason},
      h('header', {class: 'start-head'}, brand()),
      h('div', {class: 'start-body'},
          heading, h('p', {class: 'lead', text}),
          h('div', {class: 'row'},
              reason !== 'kicked' && h('button', {class: 'button primary big', type: 'button', testid: 'rejoin-button',
                                                  text: 'Join again', onclick: () => location.reload()}),
              h('a', {class: 'button big', href: '/', testid: 'new-call-link', text: 'New call'})),
          h('p', {class: 'faint', text: `Room ${room}`}))));
  heading.focus();
}

/** The page cannot work at all: said once, clearly. */
export function failurePage(root: HTMLElement, message: string): void {
  root.replaceChildren(h('main', {class: 'start end', testid: 'failure'},
      h('header', {class: 'start-head'}, brand()),
      h('div', {class: 'start-body'},
          h('h1', {text: 'This call cannot be encrypted here'}),
          h('p', {class: 'lead', text: message}),
          h('p', {class: 'faint', text: 'Sotto never falls back to a call that the server could listen to, so you cannot join from this browser.'}),
          h('button', {class: 'button', type: 'button', text: 'Try again', onclick: () => location.reload()}))));
}
