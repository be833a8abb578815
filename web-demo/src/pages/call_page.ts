// The call itself: the stage, the bar above, the controls below, and what speaks up when needed.

import type {Call} from '../call/call.js';
import {Loudspeakers} from '../media/loudspeakers.js';
import {QualityMonitor} from '../media/quality_monitor.js';
import {spokenRoomName} from '../room_name.js';
import type {Announcer} from '../ui/announcer.js';
import {Banner} from '../ui/banner.js';
import {BridgeView} from '../ui/bridge_view.js';
import {copyLinkButton} from '../ui/copy_link.js';
import {DeviceChoice} from '../ui/device_choice.js';
import {coalesced, h, setAttribute, setData, setText} from '../ui/dom.js';
import {icon, setIcon} from '../ui/icons.js';
import {noticeOf} from '../ui/notices.js';
import {PanelHost} from '../ui/panel.js';
import type {PanelContent} from '../ui/panel.js';
import {SecurityPanel} from '../ui/security_panel.js';
import {bindShortcuts} from '../ui/shortcuts.js';
import {SpeakingWatch} from '../ui/speaking_watch.js';
import {Stage} from '../ui/stage.js';
import {Toolbar} from '../ui/toolbar.js';
import type {Page} from './lobby_page.js';

const LOCK_ICONS = {encrypted: 'lock', waiting: 'lock', trouble: 'warning', off: 'lockOpen'} as const;

export function callPage(root: HTMLElement, call: Call, loudspeakers: Loudspeakers, announcer: Announcer): Page {
  const stage = new Stage(call, (shown) => call.setShown(shown));
  const banner = new Banner();
  const quality = new QualityMonitor(call);
  const speaking = new SpeakingWatch(call, loudspeakers, stage);

  const lockLabel = h('span', {class: 'lock-label'});
  const lock = h('button', {class: 'lock', type: 'button', testid: 'lock', onclick: () => panels.toggle(security)}, icon('lock'), lockLabel);
  const people = h('span', {class: 'people', testid: 'people-count'});
  const main = h('main', {class: 'call', testid: 'call'});

  const panels = new PanelHost(() => {
    setAttribute(main, 'data-panel', panels.current);
    redraw();
  });
  const bridge = new BridgeView(call);
  const security = new SecurityPanel(call, () => panels.toggle(bridge));
  const choice = new DeviceChoice(call, (id) => loudspeakers.setSink(id));
  const devices: PanelContent = {testid: 'devices-panel', title: 'Devices', element: choice.element};
  const toolbar = new Toolbar(call, {
    devices: () => panels.toggle(devices), bridge: () => panels.toggle(bridge), leave: () => call.leave(),
  });
  const invite = h('div', {class: 'invite', testid: 'invite'},
      h('p', {class: 'invite-title', text: 'Nobody else is here yet'}),
      h('p', {text: 'Send the link to the people you want to talk to. It holds the key, so send it only to them.'}),
      copyLinkButton(announcer, 'button primary', 'invite-copy'));

  main.append(
      h('header', {class: 'call-head'},
          h('h1', {class: 'room', text: spokenRoomName(call.options.room), testid: 'room-name'}), people,
          h('div', {class: 'spacer'}), lock, copyLinkButton(announcer, 'head-button', 'copy-link')),
      h('div', {class: 'call-body'}, h('div', {class: 'stage-holder'}, stage.element, invite, banner.holder), panels.element),
      h('footer', {class: 'call-foot'}, toolbar.element),
      loudspeakers.element);
  root.replaceChildren(main);

  let soundBlocked = false;
  const draw = () => {
    const others = call.model.participants.size;
    const state = call.security?.lock;
    setData(lock, 'state', state?.state ?? 'waiting');
    setText(lockLabel, state?.label ?? '');
    setAttribute(lock, 'aria-label', `${state?.label ?? ''}. ${state?.detail ?? ''} Show details.`);
    setIcon(lock, LOCK_ICONS[state?.state ?? 'waiting']);
    setText(people, others === 0 ? '' : `${others + 1} people`);
    invite.hidden = others > 0 || call.phase !== 'in-call' || call.screen.stream !== null;
    stage.update();
    speaking.assign();
    toolbar.update();
    choice.update();
    security.update();
    bridge.update();
    banner.show(noticeOf(call, soundBlocked, () => loudspeakers.unblock()));
  };
  const redraw = coalesced(draw);
  const stops = [
    call.on('change', redraw),
    loudspeakers.on('blocked', (blocked) => {
      soundBlocked = blocked;
      redraw();
    }),
    quality.on('change', () => stage.showQuality(quality)),
    bindShortcuts({
      m: () => void call.toggleMicrophone(), v: () => void call.toggleCamera(), s: () => void call.toggleShare(),
      d: () => panels.toggle(devices), b: () => panels.toggle(bridge), l: () => panels.toggle(security),
    }),
  ];
  draw();
  return {
    close() {
      for (const stop of stops) stop();
      panels.close();
      quality.close();
      speaking.close();
      stage.close();
      loudspeakers.clear();
    },
  };
}
