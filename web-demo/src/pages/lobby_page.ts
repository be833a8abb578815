// Before the call: how one looks and sounds, and one large button. While the person decides,
// everything that the join needs is made ready behind it.

import type {Call} from '../call/call.js';
import {spokenRoomName} from '../room_name.js';
import {brand} from '../ui/brand.js';
import {avatarColor, initials} from '../ui/avatar.js';
import {DeviceChoice} from '../ui/device_choice.js';
import {coalesced, h, setData, setText} from '../ui/dom.js';
import {icon} from '../ui/icons.js';
import {LevelBar} from '../ui/level_bar.js';
import {MediaToggles} from '../ui/toolbar.js';

export interface Page {
  close(): void;
}

export function lobbyPage(root: HTMLElement, call: Call, onSpeaker: (deviceId: string) => void): Page {
  const video = h('video', {testid: 'lobby-preview', autoplay: true, playsinline: true, 'aria-label': 'Your camera'});
  video.muted = true;
  const avatar = h('div', {class: 'avatar', 'aria-hidden': 'true'});
  const hint = h('p', {class: 'preview-hint', testid: 'preview-hint'});
  const toggles = new MediaToggles(call);
  const level = new LevelBar(call.local);
  const devices = new DeviceChoice(call, onSpeaker);
  const name = h('input', {
    type: 'text', testid: 'name-input', maxlength: 60, placeholder: 'Your name', autocomplete: 'name',
    value: call.name, enterkeyhint: 'go', oninput: () => call.setName(name.value.trim()),
  });
  const join = h('button', {class: 'button primary big', type: 'submit', testid: 'join-button', text: 'Join'});
  const enter = (event: Event) => {
    event.preventDefault();
    void call.join();
  };

  root.replaceChildren(h('main', {class: 'lobby', testid: 'lobby'},
      h('header', {class: 'start-head'}, brand()),
      h('div', {class: 'lobby-body'},
          h('section', {class: 'preview', 'aria-label': 'Preview'}, video, avatar, hint,
              h('div', {class: 'preview-bar'}, toggles.microphone.element, toggles.camera.element), level.element),
          h('form', {class: 'lobby-form', onsubmit: enter},
              h('div', {},
                  h('h1', {text: spokenRoomName(call.options.room), testid: 'room-name'}),
                  h('p', {class: 'promise'}, icon('lock'),
                      'Encrypted from end to end: the server that carries this call cannot hear or see it, unless a moderator switches that off for everybody. The page says so then.')),
              h('label', {class: 'field'}, h('span', {class: 'field-name', text: 'Your name'}), name,
                  h('span', {class: 'field-help', text: 'Only the people in the room can read it.'})),
              join,
              devices.element))));

  let shown: MediaStreamTrack | null = null;
  const draw = () => {
    const track = call.local.cameraOn ? call.local.camera : null;
    if (track !== shown) {
      shown = track;
      video.srcObject = track ? new MediaStream([track]) : null;
    }
    setData(root.firstElementChild as HTMLElement, 'picture', String(track !== null));
    setText(avatar, initials(name.value) || '☺');
    setData(avatar, 'color', name.value ? String(avatarColor(name.value)) : 'none');
    setText(hint, hintOf(call));
    hint.hidden = hint.textContent === '';
    toggles.update();
    devices.update();
    join.disabled = call.phase !== 'ready';
    setText(join, call.phase === 'joining' ? 'Joining…' : call.phase === 'preparing' ? 'Preparing…' : 'Join');
  };
  const redraw = coalesced(draw);
  const stop = call.on('change', redraw);
  name.addEventListener('input', redraw);
  // The bridge closes a line that does not join within seconds: open it again as the person moves.
  const warm = () => call.warm();
  for (const event of ['pointermove', 'pointerdown', 'keydown', 'focusin']) root.addEventListener(event, warm, {passive: true});
  draw();
  if (!name.value) name.focus();
  return {
    close() {
      stop();
      level.close();
      for (const event of ['pointermove', 'pointerdown', 'keydown', 'focusin']) root.removeEventListener(event, warm);
    },
  };
}

function hintOf(call: Call): string {
  const {local} = call;
  if (local.busy && !local.camera && !local.microphone) return 'The browser is asking for your camera and microphone…';
  if (local.cameraOn) return '';
  if (local.trouble.camera && local.trouble.microphone) return 'You can join and watch without camera and microphone.';
  if (local.trouble.camera) return 'You can join without a camera.';
  return 'Your camera is off.';
}
