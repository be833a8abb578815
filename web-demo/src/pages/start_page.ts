// `/`: start a call, or come to one with a link.

import {formatLink, newFragment, parsePasted} from '../link.js';
import {newRoomName} from '../room_name.js';
import {brand} from '../ui/brand.js';
import {h, setText} from '../ui/dom.js';

const random = (bytes: Uint8Array) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);

const PROBLEMS = {
  'not-a-link': 'This is no link to a room. A link looks like https://…/r/quiet-otter-4821#0.…',
  'no-key': 'This link is incomplete: the part after the # sign is missing. Ask for the whole link.',
};

/** `incomplete`: somebody came to a room without the key in the link. */
export function startPage(root: HTMLElement, go: (address: string) => void, incomplete = false): void {
  const problem = h('p', {class: 'problem', role: 'alert', testid: 'link-problem'});
  problem.hidden = true;
  const input = h('input', {
    type: 'text', testid: 'link-input', placeholder: 'Paste a link', 'aria-label': 'Link to a room',
    autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go',
  });
  const open = (event: Event) => {
    event.preventDefault();
    const pasted = parsePasted(input.value, location.origin);
    problem.hidden = pasted.ok;
    if (!pasted.ok) return setText(problem, PROBLEMS[pasted.problem]);
    go(formatLink(pasted.origin, pasted.room, pasted.fragment, pasted.keys, pasted.token));
  };
  const start = () => go(formatLink(location.origin, newRoomName(random), newFragment(random)));

  root.replaceChildren(h('main', {class: 'start', testid: 'start-page'},
      h('header', {class: 'start-head'}, brand()),
      h('div', {class: 'start-body'},
          h('h1', {text: incomplete ? 'This link is incomplete' : 'Calls that nobody in between can hear'}),
          h('p', {class: 'lead', text: incomplete ?
              'The part after the # sign is missing. It holds the key of the room, so without it there is nothing to see or hear. Paste the whole link here, or start a call of your own.' :
              'Sound and pictures are sealed in your browser and opened only in the browsers of the people you invite. The server passes them on and cannot listen.'}),
          h('button', {class: 'button primary big', type: 'button', testid: 'start-button', onclick: start, text: 'Start a call'}),
          h('form', {class: 'paste', onsubmit: open}, input,
              h('button', {class: 'button', type: 'submit', testid: 'open-link-button', text: 'Open'})),
          problem),
      h('footer', {class: 'start-foot', text: 'No account, nothing to install. The key is in the link: send the link only to people who may hear the call.'})));
  if (incomplete) input.focus();
}
